package org.espalier.picture.internal.webp;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.espalier.picture.internal.UnreadablePicture;

/** What comes back for a {@link DecodingJob}: a byte that says what follows, then pixels, block by block, or a reason. */
final class DecodingAnswer {
    private static final int PIXELS = 'P';
    private static final int BLOCK = 'B';
    private static final int REASON = 'R';
    private static final int LONGEST_REASON = 300;

    private DecodingAnswer() {}

    /** Pixels follow, in blocks of shared memory. */
    static void begin(DataOutputStream out, int length) throws IOException {
        out.writeByte(PIXELS);
        out.writeInt(length);
    }

    /** A block of them lies in the shared memory. */
    static void block(DataOutputStream out) throws IOException {
        out.writeByte(BLOCK);
        out.flush();
    }

    static void reason(DataOutputStream out, String predicate) throws IOException {
        out.writeByte(REASON);
        out.writeUTF(predicate.substring(0, Math.min(predicate.length(), LONGEST_REASON)));
        out.flush();
    }

    /**
     * Reads an answer. It is not believed: a picture may have taken over the program that writes it.
     *
     * @param out where the blocks that were taken are told of
     * @throws UnreadablePicture why there are no pixels
     * @throws IOException if this is no answer
     */
    static byte[] read(DecodingJob job, DataInputStream in, DataOutputStream out, SharedPixels shared)
            throws IOException, UnreadablePicture {
        int kind = in.readUnsignedByte();
        if (kind == REASON) {
            String predicate = in.readUTF();
            if (predicate.length() > LONGEST_REASON || predicate.chars().anyMatch(Character::isISOControl)) {
                throw new IOException("a reason that was not written by us");
            }
            throw new UnreadablePicture(predicate);
        }
        if (kind != PIXELS || in.readInt() != job.answerLength()) {
            throw new IOException("no answer to what was asked");
        }
        byte[] rgb = new byte[job.answerLength()];
        for (int at = 0; at < rgb.length; at += job.blockLength()) {
            if (at > 0) {
                out.writeByte(DecodingJob.NEXT_BLOCK);
                out.flush();
            }
            if (in.readUnsignedByte() != BLOCK) {
                throw new IOException("no block of pixels");
            }
            shared.get(rgb, at, Math.min(job.blockLength(), rgb.length - at));
        }
        return rgb;
    }
}
