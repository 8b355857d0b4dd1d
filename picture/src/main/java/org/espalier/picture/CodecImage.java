package org.espalier.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** One picture in a codec, read from memory: no temporary file. */
final class CodecImage implements AutoCloseable {
    private final ImageReader reader;
    private final ImageInputStream stream;
    private final List<String> warnings = new ArrayList<>();

    /** What is done with the reader. */
    interface Use<T> {
        T with(ImageReader reader) throws IOException;
    }

    CodecImage(ImageReader reader, byte[] bytes) {
        this.reader = reader;
        this.stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes));
        reader.addIIOReadWarningListener((from, warning) -> warnings.add(warning));
        reader.setInput(stream, false, true);
    }

    /** In the JDK's own codec, whatever others the class path has. */
    static CodecImage ofJdk(String format, byte[] bytes) {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            if (reader.getClass().getModule() == ImageIO.class.getModule()) {
                return new CodecImage(reader, bytes);
            }
        }
        throw new IllegalStateException("this JDK has no " + format + " codec");
    }

    /** Runs the codec; whatever it throws at bad data becomes a reason. */
    <T> T use(Use<T> use) throws UnreadablePicture {
        try {
            return use.with(reader);
        } catch (IOException | RuntimeException e) {
            // Codecs meet bad data with any exception: end of file, index out of bounds, illegal argument.
            throw new UnreadablePicture("is cut off or damaged (" + reason(e) + "); fetch or export it again", e);
        }
    }

    private static String reason(Throwable thrown) {
        Throwable root = thrown;
        for (Throwable cause = root.getCause(); cause != null; cause = root.getCause()) {
            root = cause;
        }
        String message = root.getMessage();
        return message == null ? root.getClass().getSimpleName() : message;
    }

    BufferedImage firstFrame() throws UnreadablePicture {
        return use(r -> r.read(0));
    }

    /** The first frame from a codec that leaves missing rows black but reports its progress truly. */
    BufferedImage wholeFirstFrame() throws UnreadablePicture {
        Progress progress = new Progress();
        reader.addIIOReadProgressListener(progress);
        BufferedImage image = firstFrame();
        if (progress.percent() < 100) {
            throw new UnreadablePicture(
                    "is cut off: only " + (int) progress.percent() + " % of its rows are there; fetch it again");
        }
        return image;
    }

    /** What the codec found odd and read on. */
    List<String> warnings() {
        return warnings;
    }

    @Override
    public void close() throws IOException {
        reader.dispose();
        stream.close();
    }
}
