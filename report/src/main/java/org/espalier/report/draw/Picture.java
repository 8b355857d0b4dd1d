package org.espalier.report.draw;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** A picture inside the page. What cannot be read is left out: a report does not fail over a picture. */
public final class Picture {
    /** Files up to this many bytes go in as they are. */
    private static final long SMALL = 200_000;

    private static final long LARGEST = 100_000_000;
    private static final int SIDE = 560;

    private Picture() {}

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
            Optional<String> type = type(bytes);
            if (type.isPresent() && bytes.length <= SMALL) {
                return Optional.of(
                        "data:" + type.get() + ";base64," + Base64.getEncoder().encodeToString(bytes));
            }
            return shrunk(bytes, SIDE)
                    .map(jpeg -> "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg));
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    /**
     * The picture of a question, or a place that says it is not there.
     *
     * @param folder that it should lie below
     * @param question whose picture it is, for those who do not see it
     */
    public static Html shown(Optional<Path> folder, String name, String question) {
        if (name.isEmpty()) {
            return Html.element("div", "no-picture").add("no picture");
        }
        return folder.flatMap(at -> embed(at, name))
                .<Html>map(address -> Html.element("img")
                        .attribute("src", address)
                        .attribute("alt", "the picture of question " + question))
                .orElseGet(() -> Html.element("div", "no-picture").add("the picture was not found"));
    }

    /** By its first bytes: a name proves nothing. */
    public static Optional<String> type(byte[] bytes) {
        if (starts(bytes, 0, 0x89, 'P', 'N', 'G')) {
            return Optional.of("image/png");
        }
        if (starts(bytes, 0, 0xFF, 0xD8, 0xFF)) {
            return Optional.of("image/jpeg");
        }
        return starts(bytes, 0, 'R', 'I', 'F', 'F') && starts(bytes, 8, 'W', 'E', 'B', 'P')
                ? Optional.of("image/webp")
                : Optional.empty();
    }

    private static boolean starts(byte[] bytes, int at, int... wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if (at + i >= bytes.length || (bytes[at + i] & 0xFF) != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * A JPEG of a picture, its longer side at most {@code side} pixels; empty if it cannot be read. Reads only every so
     * many pixels, so that a huge picture needs no huge memory.
     */
    public static Optional<byte[]> shrunk(byte[] bytes, int side) throws IOException {
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                return Optional.empty();
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                int skip = Math.max(1, Math.max(reader.getWidth(0), reader.getHeight(0)) / (2 * side));
                ImageReadParam every = reader.getDefaultReadParam();
                every.setSourceSubsampling(skip, skip, 0, 0);
                return Optional.of(jpeg(reader.read(0, every), side));
            } catch (RuntimeException e) {
                // Readers throw all sorts of things at broken pictures.
                return Optional.empty();
            } finally {
                reader.dispose();
            }
        }
    }

    private static byte[] jpeg(BufferedImage picture, int side) throws IOException {
        double scale = Math.min(1, (double) side / Math.max(picture.getWidth(), picture.getHeight()));
        int width = Math.max(1, (int) Math.round(picture.getWidth() * scale));
        int height = Math.max(1, (int) Math.round(picture.getHeight() * scale));
        BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = small.createGraphics();
        canvas.drawImage(
                picture.getScaledInstance(width, height, java.awt.Image.SCALE_AREA_AVERAGING), 0, 0, Color.WHITE, null);
        canvas.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(small, "jpeg", out);
        return out.toByteArray();
    }
}
