package org.espalier.ssui.pool;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.espalier.core.InputException;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Fields;
import org.espalier.core.file.Json;
import org.espalier.core.file.JsonLines;
import org.espalier.core.file.PictureFile;

/** The folder of a pool: {@code pool.jsonl} (schema: {@code docs/schema/pool.schema.json}) and the pictures it names. */
public record Pool(Path folder) {
    /** Its list of pictures. */
    public static final String NAME = "pool.jsonl";

    /** The folder of its pictures. */
    public static final String IMAGES = "images";

    /** The list of pictures that were not taken, each with its reason. */
    public static final String REFUSED = "refused.jsonl";

    /** Where a picture lies. */
    public Path file(PooledPicture picture) {
        return folder.resolve(picture.image());
    }

    /** Reads all pictures, in the order of the file. */
    public List<PooledPicture> read() {
        List<PooledPicture> all = new ArrayList<>();
        each(all::add);
        return List.copyOf(all);
    }

    /**
     * Hands over the pictures one by one.
     *
     * @throws InputException naming every line and field that is wrong, after the sound ones were handed over
     */
    public void each(Consumer<PooledPicture> take) {
        Path list = folder.resolve(NAME);
        if (!Files.exists(list)) {
            throw new InputException(
                    folder + " holds no " + NAME + ": name the folder that 'espalier ssui intake' wrote");
        }
        PictureFile pictures = new PictureFile(list);
        Map<String, Long> lineOfId = new HashMap<>();
        JsonLines.read(list, line -> {
            PooledPicture picture = PooledPicture.read(line);
            checkId(line, picture.id(), lineOfId);
            if (!picture.image().isBlank()
                    && PooledPicture.isInside(picture.image())
                    && pictures.find(picture.image()) instanceof PictureFile.Found.Not(String why)) {
                line.wrong("image", why);
            }
            if (line.sound()) {
                take.accept(picture);
            }
        });
    }

    private static void checkId(Fields line, String id, Map<String, Long> lineOfId) {
        Long first = lineOfId.putIfAbsent(id, line.line());
        if (first != null) {
            line.wrong("id", "\"" + id + "\" stands in line " + first + " already");
        }
    }

    /** Writes the list of pictures, whole or not at all; the pictures themselves must lie there. */
    public void write(List<PooledPicture> pictures) {
        AtomicFile.lines(folder.resolve(NAME), pictures.stream().map(picture -> Json.line(picture.json())));
    }
}
