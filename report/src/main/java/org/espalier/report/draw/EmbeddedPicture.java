package org.espalier.report.draw;

import static org.espalier.report.draw.Html.element;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.espalier.core.InputException;
import org.espalier.picture.PictureFormat;
import org.espalier.picture.resize.Thumbnail;

/** A picture inside the page. What cannot be read is left out: a report does not fail over a picture. */
public final class EmbeddedPicture {
    /** Files up to this many bytes go in as they are. */
    private static final long SMALL = 200_000;

    private static final long LARGEST = 100_000_000;
    private static final int SIDE = 560;

    private EmbeddedPicture() {}

    /** The picture of this name below a folder as a {@code data:} address. */
    public static Optional<String> embed(Path folder, String name) {
        try {
            Path file = folder.resolve(name).normalize();
            if (!file.startsWith(folder.normalize())
                    || !Files.isRegularFile(file)
                    || !file.toRealPath().startsWith(folder.toRealPath())
                    || Files.size(file) > LARGEST) {
                return Optional.empty();
            }
            byte[] bytes = Files.readAllBytes(file);
            Optional<PictureFormat> format = PictureFormat.of(bytes);
            return Optional.of(
                    format.isPresent() && bytes.length <= SMALL
                            ? address(format.get(), bytes)
                            : address(PictureFormat.JPEG, Thumbnail.jpeg(bytes, name, SIDE)));
        } catch (IOException | InvalidPathException | InputException e) {
            return Optional.empty();
        }
    }

    private static String address(PictureFormat format, byte[] bytes) {
        return "data:" + format.mediaType() + ";base64," + Base64.getEncoder().encodeToString(bytes);
    }

    /**
     * The picture of a question, or a place that says it is not there.
     *
     * @param folder that it should lie below
     * @param question whose picture it is, for those who do not see it
     */
    public static Html shown(Optional<Path> folder, String name, String question) {
        if (name.isEmpty()) {
            return element("div", "no-picture").add("no picture");
        }
        return folder.flatMap(at -> embed(at, name))
                .<Html>map(address -> element("img")
                        .attribute("src", address)
                        .attribute("alt", "the picture of question " + question))
                .orElseGet(() -> element("div", "no-picture")
                        .add("the picture was not found, or the data that name it have changed"));
    }
}
