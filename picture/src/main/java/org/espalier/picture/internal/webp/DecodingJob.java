package org.espalier.picture.internal.webp;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.espalier.picture.internal.Orientation;
import org.espalier.picture.internal.PictureHeader;

/**
 * A frame to be decoded and laid on its canvas.
 *
 * @param canvas its size; the orientation is not looked at
 * @param left column of the canvas at which the frame begins
 * @param top row of the canvas at which the frame begins
 * @param width of the frame
 * @param height of the frame
 * @param step of every so many rows of the canvas so many pixels are wanted
 * @param file a still WebP picture of the frame alone
 */
record DecodingJob(PictureHeader canvas, int left, int top, int width, int height, int step, byte[] file) {
    /** A picture's file has no more, whatever the limits. */
    private static final int MOST_BYTES = 1 << 30;

    /** What follows this byte is a job. */
    static final int JOB = 'J';

    /** Says that a block of pixels was taken and the next may come. */
    static final int NEXT_BLOCK = 'N';

    DecodingJob {
        if (left < 0 || top < 0 || width < 1 || height < 1 || step < 1 || file.length > MOST_BYTES) {
            throw new IllegalArgumentException("no frame of " + width + " x " + height + " pixels at " + left + ", "
                    + top + " with step " + step + " in " + file.length + " bytes");
        }
        answerLength(canvas, step);
        if (3L * canvas.columns(step) > SharedPixels.BLOCK) {
            throw new IllegalArgumentException("a row of " + canvas.columns(step) + " pixels");
        }
    }

    /** Bytes of the answer. */
    int answerLength() {
        return answerLength(canvas, step);
    }

    /** Bytes of it that go at once: whole rows. */
    int blockLength() {
        int row = 3 * canvas.columns(step);
        return SharedPixels.BLOCK / row * row;
    }

    private static int answerLength(PictureHeader canvas, int step) {
        return Math.toIntExact(3L * canvas.columns(step) * canvas.rows(step));
    }

    void write(DataOutputStream out) throws IOException {
        out.writeByte(JOB);
        for (int number : new int[] {canvas.width(), canvas.height(), left, top, width, height, step, file.length}) {
            out.writeInt(number);
        }
        out.write(file);
        out.flush();
    }

    /** Reads one, after the byte that says what follows. */
    static DecodingJob read(DataInputStream in) throws IOException {
        PictureHeader canvas = new PictureHeader(in.readInt(), in.readInt(), Orientation.AS_STORED);
        int left = in.readInt();
        int top = in.readInt();
        int width = in.readInt();
        int height = in.readInt();
        int step = in.readInt();
        int length = in.readInt();
        if (length < 0 || length > MOST_BYTES) {
            throw new IOException("a frame of " + length + " bytes");
        }
        byte[] file = new byte[length];
        in.readFully(file);
        return new DecodingJob(canvas, left, top, width, height, step, file);
    }
}
