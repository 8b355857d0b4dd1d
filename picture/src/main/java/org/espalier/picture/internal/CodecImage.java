package org.espalier.picture.internal;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * One picture in a codec, read from memory: no temporary file. A codec is stopped once the {@link Deadline} has passed. It is
 * looked at between rows and whenever the codec takes bytes, which is all that it lets see; between them lies no more than
 * 8 KiB of data. Of a progressive JPEG these can be some hundred empty scans, which libjpeg goes through without asking
 * anybody: there the number of scans is the limit (JpegScans).
 */
public final class CodecImage implements AutoCloseable {
    private final ImageReader reader;
    private final ImageInputStream stream;
    private final List<String> warnings = new ArrayList<>();
    private final Deadline deadline;
    private final CodecProgress progress;

    public CodecImage(ImageReader reader, byte[] bytes, Deadline deadline) {
        this.reader = reader;
        this.stream = new MemoryCacheImageInputStream(new TimedInput(bytes, deadline));
        this.deadline = deadline;
        this.progress = new CodecProgress(deadline);
        reader.addIIOReadProgressListener(progress);
        reader.addIIOReadWarningListener((from, warning) -> warnings.add(warning));
        reader.setInput(stream, false, true);
    }

    /** In the JDK's own codec, whatever others the class path has. */
    public static CodecImage ofJdk(String format, byte[] bytes) {
        return ofJdk(format, bytes, new Deadline(Deadline.LIMIT));
    }

    static CodecImage ofJdk(String format, byte[] bytes, Deadline deadline) {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            if (reader.getClass().getModule() == ImageIO.class.getModule()) {
                return new CodecImage(reader, bytes, deadline);
            }
        }
        throw new IllegalStateException("this JDK has no " + format + " codec");
    }

    /** What is done with the reader. */
    private interface Use<T> {
        T with(ImageReader reader) throws IOException;
    }

    /** Runs the codec; whatever it throws at bad data becomes a reason. */
    private <T> T use(Use<T> use) throws UnreadablePicture {
        try {
            T read = use.with(reader);
            if (progress.stopped()) {
                throw deadline.late();
            }
            return read;
        } catch (IOException | RuntimeException e) {
            if (deadline.passed()) {
                throw deadline.late();
            }
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

    public BufferedImage firstFrame() throws UnreadablePicture {
        return use(codec -> codec.read(0));
    }

    /** Of every {@code step}-th row every {@code step}-th pixel of the first frame. */
    public BufferedImage firstFrame(int step) throws UnreadablePicture {
        return use(codec -> codec.read(0, every(codec, step)));
    }

    /** The same, as the samples that are stored: no conversion of colours. */
    public Raster samples(int step) throws UnreadablePicture {
        return use(codec -> codec.readRaster(0, every(codec, step)));
    }

    private static @Nullable ImageReadParam every(ImageReader codec, int step) {
        if (step == 1) {
            return null;
        }
        ImageReadParam param = codec.getDefaultReadParam();
        param.setSourceSubsampling(step, step, 0, 0);
        return param;
    }

    /** The first frame from a codec that leaves missing rows black but reports its progress truly. */
    public BufferedImage wholeFirstFrame() throws UnreadablePicture {
        BufferedImage image = firstFrame();
        if (progress.percent() < 100) {
            throw new UnreadablePicture(
                    "is cut off: only " + (int) progress.percent() + " % of its rows are there; fetch it again");
        }
        return image;
    }

    /** What the codec found odd and read on. */
    public List<String> warnings() {
        return warnings;
    }

    @Override
    public void close() throws IOException {
        reader.dispose();
        stream.close();
    }
}
