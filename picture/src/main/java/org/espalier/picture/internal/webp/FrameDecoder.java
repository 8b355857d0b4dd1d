package org.espalier.picture.internal.webp;

import java.io.IOException;
import org.espalier.picture.internal.UnreadablePicture;

/** Where frames are decoded. Safe for use by several threads. */
interface FrameDecoder {
    /** The frame on its canvas, thinned, three bytes a pixel: {@link DecodingJob#answerLength} bytes. */
    byte[] rgb(DecodingJob job) throws IOException, UnreadablePicture;
}
