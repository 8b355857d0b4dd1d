package org.espalier.picture.internal.jpeg;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.espalier.picture.internal.PictureBytes;
import org.espalier.picture.internal.UnreadablePicture;

/**
 * A JPEG's frame header.
 *
 * @param progressive whether several scans refine the same coefficients
 */
record JpegFrame(boolean progressive, int width, int height, List<Component> components) {
    static final JpegFrame NONE = new JpegFrame(false, 0, 0, List.of());

    /** One colour component and how densely it is sampled, relative to the others. */
    record Component(int id, int horizontal, int vertical) {
        /** Blocks of 8 by 8 samples, relative to the other components. */
        int blocks() {
            return horizontal * vertical;
        }
    }

    static JpegFrame of(PictureBytes bytes, long at, boolean progressive) throws IOException, UnreadablePicture {
        int precision = bytes.u8(at);
        int height = bytes.u16be(at + 1);
        int width = bytes.u16be(at + 3);
        if (precision != 8) {
            throw new UnreadablePicture("is a JPEG of " + precision + " bits, of which only 8 are read; convert it");
        }
        if (width == 0 || height == 0) {
            throw UnreadablePicture.damaged("a size of " + width + " x " + height);
        }
        List<Component> components = new ArrayList<>();
        for (int i = 0; i < bytes.u8(at + 5); i++) {
            long entry = at + 6 + 3L * i;
            int sampling = bytes.u8(entry + 1);
            components.add(new Component(bytes.u8(entry), sampling >> 4, sampling & 15));
        }
        if (components.size() != 1 && components.size() != 3 && components.size() != 4) {
            throw UnreadablePicture.damaged(components.size() + " colour components");
        }
        return new JpegFrame(progressive, width, height, List.copyOf(components));
    }

    /** Whether a component has every column of the picture but only every second row (4:4:0). */
    boolean isHalvedVertically(int component) {
        Component c = components.get(component);
        return c.horizontal() == most(true) && 2 * c.vertical() == most(false);
    }

    boolean hasHalvedRows() {
        return IntStream.range(0, components.size()).anyMatch(this::isHalvedVertically);
    }

    private int most(boolean horizontal) {
        int most = 1;
        for (Component c : components) {
            most = Math.max(most, horizontal ? c.horizontal() : c.vertical());
        }
        return most;
    }
}
