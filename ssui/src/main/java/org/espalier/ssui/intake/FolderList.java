package org.espalier.ssui.intake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.PictureFile;
import org.espalier.ssui.pool.Licence;
import org.espalier.ssui.pool.PictureSource;

/**
 * All pictures below a folder; hidden ones, and links that lead out of it, are left out.
 *
 * @param collection what the pictures are called together
 * @param url where they come from; empty if unknown
 * @param author who made them; empty if unknown
 * @param licence of all of them
 */
public record FolderList(Path folder, String collection, String url, String author, Licence licence)
        implements PictureList {
    private static final String EGOSHOTS = "https://github.com/NataliaDiaz/Egoshots";

    private static final Pattern PICTURE = Pattern.compile(".*\\.(jpe?g|png|webp|gif|bmp)");

    /** Pictures of which nothing is known. */
    public FolderList(Path folder, String collection) {
        this(folder, collection, "", "", Licence.UNKNOWN);
    }

    /** EgoShots (arXiv 2003.11743), as its repository has it: without a licence, with the request to cite the paper. */
    public static FolderList egoshots(Path folder) {
        return new FolderList(
                folder, "egoshots", EGOSHOTS, "Natalia Díaz Rodríguez and Vana Panagiotou", Licence.unstated(EGOSHOTS));
    }

    @Override
    public String title() {
        return "folder " + folder;
    }

    @Override
    public void tell(CandidateDraw draw, Progress progress) {
        if (!Files.isDirectory(folder)) {
            throw new InputException("there is no folder " + folder);
        }
        long[] seen = {0};
        PictureFile inside = new PictureFile(folder.resolve("pictures"));
        try (Stream<Path> files = Files.walk(folder)) {
            files.forEach(file -> {
                String key = folder.relativize(file).toString().replace('\\', '/');
                boolean picture =
                        PICTURE.matcher(key.toLowerCase(Locale.ROOT)).matches() && !("/" + key).contains("/.");
                if (picture && Files.isSymbolicLink(file) && !(inside.find(key) instanceof PictureFile.Found.At)) {
                    draw.passOver();
                } else if (picture && Files.isRegularFile(file) && draw.wants(collection, key)) {
                    draw.take(new Candidate(
                            new PictureSource(collection, key, url, author, ""),
                            licence,
                            new Candidate.Place.InFile(file)));
                }
                if (++seen[0] % 10_000 == 0) {
                    progress.at("listing " + collection, seen[0], 0, "");
                }
            });
        } catch (IOException e) {
            throw FileTrouble.reading(folder, e);
        } catch (UncheckedIOException e) {
            throw FileTrouble.reading(folder, Objects.requireNonNull(e.getCause()));
        }
    }
}
