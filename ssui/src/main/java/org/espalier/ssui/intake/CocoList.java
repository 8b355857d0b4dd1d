package org.espalier.ssui.intake;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.Json;
import org.espalier.core.file.PictureFile;
import org.espalier.ssui.pool.Licence;
import org.espalier.ssui.pool.Licences;
import org.espalier.ssui.pool.PictureSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * COCO: an annotation file, of which the lists {@code images} and {@code licenses} are read and all else is passed over,
 * and the folder of pictures. Pictures that are not there are passed over.
 */
record CocoList(Path annotations, Path folder) implements PictureList {
    /** What the pictures are called together. */
    public static final String COLLECTION = "coco";

    private static final int IMAGES_A_REPORT = 1 << 12;

    @Override
    public String title() {
        return "COCO, " + annotations;
    }

    @Override
    public void tell(CandidateDraw draw, Progress progress) {
        if (!Files.isDirectory(folder)) {
            throw new InputException("there is no folder " + folder + " with the pictures of " + annotations);
        }
        // Twice, because licences may stand after the images that have them.
        Map<String, Licence> licences = new HashMap<>();
        read(
                "licenses",
                "reading licences (MiB)",
                progress,
                licence -> licences.put(text(licence, "id"), Licences.of(text(licence, "name"), text(licence, "url"))));
        PictureFile pictures = new PictureFile(folder.resolve("pictures"));
        boolean found =
                read("images", "reading metadata (MiB)", progress, image -> take(image, licences, pictures, draw));
        if (!found) {
            throw new InputException(annotations + " has no list \"images\": name an annotation file of COCO");
        }
    }

    private void take(JsonNode image, Map<String, Licence> licences, PictureFile pictures, CandidateDraw draw) {
        String name = text(image, "file_name");
        String key = text(image, "id").isEmpty() ? name : text(image, "id");
        if (name.isEmpty()) {
            throw new InputException(annotations + ": an image of the list \"images\" has no \"file_name\"");
        }
        if (!(pictures.find(name) instanceof PictureFile.Found.At(Path file))) {
            draw.passOver();
        } else if (draw.wants(COLLECTION, key)) {
            String url = text(image, "flickr_url").isEmpty() ? text(image, "coco_url") : text(image, "flickr_url");
            draw.take(new Candidate(
                    new PictureSource(COLLECTION, key, url, "", name),
                    licences.getOrDefault(text(image, "license"), Licence.UNKNOWN),
                    new Candidate.Place.InFile(file)));
        }
    }

    /** Hands over the elements of one list of the file's object; false if there is no such list. */
    private boolean read(String list, String work, Progress progress, Consumer<JsonNode> each) {
        boolean found = false;
        long count = 0;
        try (CountedStream file = CountedStream.of(annotations);
                JsonParser in = JsonMapper.shared().createParser(new BufferedInputStream(file, 1 << 16))) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new InputException(annotations + " is not the object that COCO's annotations are");
            }
            while (in.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean wanted = in.currentName().equals(list);
                if (in.nextToken() != JsonToken.START_ARRAY || !wanted) {
                    in.skipChildren();
                    continue;
                }
                found = true;
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    each.accept(in.readValueAsTree());
                    if (++count % IMAGES_A_REPORT == 0) {
                        progress.at(work, file.done(), file.total(), count + " read");
                    }
                }
            }
            progress.at(work, file.total(), file.total(), count + " read");
            return found;
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new InputException(annotations + ", line " + line + ": " + Json.complaint(e), e);
        } catch (IOException e) {
            throw FileTrouble.reading(annotations, e);
        }
    }

    private static String text(JsonNode object, String field) {
        return object.path(field).asString("");
    }
}
