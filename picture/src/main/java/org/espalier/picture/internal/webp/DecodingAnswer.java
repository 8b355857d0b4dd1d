package org.espalier.picture.internal.webp;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.espalier.picture.internal.UnreadablePicture;

/** What comes back for a {@link DecodingJob}: a byte that says what follows, then pixels or a reason. */
final class DecodingAnswer {
    private static final int PIXELS = 'P';
    private static final int REASON = 'R';
    private static final int LONGEST_REASON = 300;

    private DecodingAnswer() {}

    static void pixels(DataOutputStream out, byte[] rgb) throws IOException {
        out.writeByte(PIXELS);
        out.writeInt(rgb.length);
        out.write(rgb);
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
     * @param length of the pixels that are expected, in bytes
     * @throws UnreadablePicture why there are no pixels
     * @throws IOException if this is no answer
     */
    static byte[] read(DataInputStream in, int length) throws IOException, UnreadablePicture {
        int kind = in.readUnsignedByte();
        if (kind == REASON) {
            String predicate = in.readUTF();
            if (predicate.length() > LONGEST_REASON || predicate.chars().anyMatch(Character::isISOControl)) {
                throw new IOException("a reason that was not written by us");
            }
            throw new UnreadablePicture(predicate);
        }
        if (kind != PIXELS || in.readInt() != length) {
            throw new IOException("no answer to what was asked");
        }
        byte[] rgb = new byte[length];
        in.readFully(rgb);
        return rgb;
    }
}
