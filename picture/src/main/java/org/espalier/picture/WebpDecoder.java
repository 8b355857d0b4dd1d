package org.espalier.picture;

import com.luciad.imageio.webp.WebPImageReaderSpi;
import java.awt.image.BufferedImage;
import java.io.IOException;
import org.espalier.core.SurroundingsException;

/** WebP, lossy and lossless, with and without alpha, of an animation the first frame; through libwebp. */
final class WebpDecoder implements Decoder {
    @Override
    public Header header(Source source) throws IOException, UnreadablePicture {
        return WebpChunks.of(source).header();
    }

    @Override
    public RgbPicture decode(byte[] bytes, PictureSize stored) throws IOException, UnreadablePicture {
        WebpChunks chunks = WebpChunks.of(Source.of(bytes));
        byte[] still = chunks.still(bytes);
        try (CodecImage codec = new CodecImage(new WebPImageReaderSpi().createReaderInstance(null), still)) {
            BufferedImage image = codec.use(reader -> reader.read(0));
            if (image.getWidth() != chunks.frameSize().width()
                    || image.getHeight() != chunks.frameSize().height()) {
                throw UnreadablePicture.damaged("two sizes");
            }
            return new ArgbImage(image).onCanvas(stored, chunks.left(), chunks.top(), 0xFFFFFF);
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
