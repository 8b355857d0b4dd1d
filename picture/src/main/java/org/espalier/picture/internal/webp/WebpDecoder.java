package org.espalier.picture.internal.webp;

import java.io.IOException;
import org.espalier.picture.internal.PictureBytes;
import org.espalier.picture.internal.PictureDecoder;
import org.espalier.picture.internal.PictureHeader;
import org.espalier.picture.internal.UnreadablePicture;

/**
 * WebP, lossy and lossless, with and without alpha, of an animation the first frame; through libwebp, in processes beside
 * this one.
 */
public final class WebpDecoder implements PictureDecoder {
    private final FrameDecoder frames;

    public WebpDecoder() {
        this(DecodingProcesses.ofThisJava());
    }

    WebpDecoder(FrameDecoder frames) {
        this.frames = frames;
    }

    /** One that trusts its pictures; for measuring what the other costs. */
    public static WebpDecoder inThisProcess() {
        return new WebpDecoder(new Libwebp());
    }

    @Override
    public PictureHeader header(PictureBytes bytes) throws IOException, UnreadablePicture {
        return WebpChunks.of(bytes).header();
    }

    @Override
    public byte[] decode(byte[] whole, PictureHeader header, int step) throws IOException, UnreadablePicture {
        WebpChunks chunks = WebpChunks.of(PictureBytes.of(whole));
        WebpChunks.Frame frame = chunks.frame();
        if (3L * header.columns(step) > SharedPixels.BLOCK) {
            throw UnreadablePicture.damaged("rows of " + header.width() + " pixels");
        }
        return frames.rgb(new DecodingJob(
                header, frame.left(), frame.top(), frame.width(), frame.height(), step, chunks.still(whole)));
    }
}
