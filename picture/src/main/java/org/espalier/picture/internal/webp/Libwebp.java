package org.espalier.picture.internal.webp;

import com.luciad.imageio.webp.WebPImageReaderSpi;
import java.awt.image.BufferedImage;
import java.io.IOException;
import org.espalier.picture.internal.ArgbImage;
import org.espalier.picture.internal.CodecImage;
import org.espalier.picture.internal.Deadline;
import org.espalier.picture.internal.OnCanvas;
import org.espalier.picture.internal.UnreadablePicture;

/** libwebp in this process: what crashes or hangs it does so to the process. It reads a picture in one call, which no clock ends. */
final class Libwebp implements FrameDecoder {
    @Override
    public byte[] rgb(DecodingJob job) throws IOException, UnreadablePicture {
        return decoded(job).rgb();
    }

    /** The same, for whoever takes it row by row. */
    OnCanvas decoded(DecodingJob job) throws IOException, UnreadablePicture {
        try (CodecImage codec = new CodecImage(
                new WebPImageReaderSpi().createReaderInstance(null), job.file(), new Deadline(Deadline.LIMIT))) {
            BufferedImage image = codec.firstFrame();
            if (image.getWidth() != job.width() || image.getHeight() != job.height()) {
                throw UnreadablePicture.damaged("two sizes");
            }
            return new ArgbImage(image).laidOn(job.canvas(), job.left(), job.top(), 0xFFFFFF, job.step());
        } catch (OutOfMemoryError e) {
            if (e.getMessage() != null) {
                throw e;
            }
            // What libwebp says of alpha data it cannot decode; Java's own error would have a message.
            throw UnreadablePicture.damaged("its alpha data makes no sense");
        }
    }
}
