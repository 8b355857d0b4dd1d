package org.espalier.picture.internal.webp;

import com.luciad.imageio.webp.WebPImageReaderSpi;
import java.awt.image.BufferedImage;
import java.io.IOException;
import org.espalier.core.SurroundingsException;
import org.espalier.picture.internal.ArgbImage;
import org.espalier.picture.internal.CodecImage;
import org.espalier.picture.internal.PictureBytes;
import org.espalier.picture.internal.PictureDecoder;
import org.espalier.picture.internal.PictureHeader;
import org.espalier.picture.internal.UnreadablePicture;

/** WebP, lossy and lossless, with and without alpha, of an animation the first frame; through libwebp. */
public final class WebpDecoder implements PictureDecoder {
    @Override
    public PictureHeader header(PictureBytes bytes) throws IOException, UnreadablePicture {
        return WebpChunks.of(bytes).header();
    }

    @Override
    public byte[] decode(byte[] whole, PictureHeader header, int step) throws IOException, UnreadablePicture {
        WebpChunks chunks = WebpChunks.of(PictureBytes.of(whole));
        WebpChunks.Frame frame = chunks.frame();
        byte[] still = chunks.still(whole);
        try (CodecImage codec = new CodecImage(new WebPImageReaderSpi().createReaderInstance(null), still)) {
            BufferedImage image = codec.firstFrame();
            if (image.getWidth() != frame.width() || image.getHeight() != frame.height()) {
                throw UnreadablePicture.damaged("two sizes");
            }
            return new ArgbImage(image).onCanvas(header, frame.left(), frame.top(), 0xFFFFFF, step);
        } catch (OutOfMemoryError e) {
            if (e.getMessage() != null) {
                throw e;
            }
            // What libwebp says of alpha data it cannot decode; Java's own error would have a message.
            throw UnreadablePicture.damaged("its alpha data makes no sense");
        } catch (LinkageError e) {
            throw new SurroundingsException(
                    "The WebP codec does not load on this system; convert WebP pictures to PNG, or make the temporary"
                            + " folder one from which libraries may be loaded.",
                    e);
        }
    }
}
