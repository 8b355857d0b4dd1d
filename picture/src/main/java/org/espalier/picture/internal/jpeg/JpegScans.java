package org.espalier.picture.internal.jpeg;

import org.espalier.picture.internal.UnreadablePicture;

/**
 * How often the scans of a JPEG go over its blocks. An empty scan is a few bytes long and costs a visit to every block,
 * so that a small file can ask for hours of work.
 */
final class JpegScans {
    /** As if each of a block's coefficients had a scan of its own; encoders in use need ten. */
    private static final int MOST = 64;

    private final byte[] whole;
    private final JpegFrame frame;
    private long visited;

    private JpegScans(byte[] whole, JpegFrame frame) {
        this.whole = whole;
        this.frame = frame;
    }

    /** @param first position of the marker that starts the first scan */
    static void refuseEndless(byte[] whole, int first, JpegFrame frame) throws UnreadablePicture {
        boolean single = !frame.progressive()
                && first + 4 < whole.length
                && (whole[first + 4] & 0xFF) == frame.components().size();
        if (!single) {
            new JpegScans(whole, frame).walk(first);
        }
    }

    private void walk(int first) throws UnreadablePicture {
        int at = first;
        while (at + 4 < whole.length) {
            int marker = whole[at + 1] & 0xFF;
            if (whole[at] != (byte) 0xFF || marker == 0xFF) {
                at++;
            } else if (marker == 0 || (marker >= JpegHeader.RST0 && marker <= JpegHeader.RST7)) {
                at += 2;
            } else if (marker == JpegHeader.EOI) {
                return;
            } else {
                if (marker == JpegHeader.SOS) {
                    visit(at + 4);
                }
                int length = ((whole[at + 2] & 0xFF) << 8) + (whole[at + 3] & 0xFF);
                at += 2 + Math.max(2, length);
            }
        }
    }

    /** Adds up the blocks of the scan's components, a component's weight being how densely it is sampled. */
    private void visit(int scan) throws UnreadablePicture {
        int components = whole[scan] & 0xFF;
        for (int i = 0; i < components && scan + 1 + 2 * i < whole.length; i++) {
            int id = whole[scan + 1 + 2 * i] & 0xFF;
            visited += frame.components().stream()
                    .filter(component -> component.id() == id)
                    .mapToLong(JpegFrame.Component::blocks)
                    .findFirst()
                    .orElse(1);
        }
        long once = frame.components().stream()
                .mapToLong(JpegFrame.Component::blocks)
                .sum();
        if (visited > MOST * once) {
            throw new UnreadablePicture("is a JPEG whose scans go over its pixels more than " + MOST
                    + " times; save it again as an ordinary JPEG");
        }
    }
}
