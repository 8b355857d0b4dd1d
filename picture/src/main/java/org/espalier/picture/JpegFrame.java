package org.espalier.picture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A JPEG's frame header: size and components. */
record JpegFrame(int width, int height, List<Component> components) {
    static final JpegFrame NONE = new JpegFrame(0, 0, List.of());

    /** One colour component and how densely it is sampled, relative to the others. */
    record Component(int id, int horizontal, int vertical) {}

    static JpegFrame of(Source source, long at) throws IOException, UnreadablePicture {
        int precision = source.u8(at);
        int height = source.u16be(at + 1);
        int width = source.u16be(at + 3);
        if (precision != 8) {
            throw new UnreadablePicture("is a JPEG of " + precision + " bits, of which only 8 are read; convert it");
        }
        if (width == 0 || height == 0) {
            throw UnreadablePicture.damaged("a size of " + width + " x " + height);
        }
        List<Component> components = new ArrayList<>();
        for (int i = 0; i < source.u8(at + 5); i++) {
            long entry = at + 6 + 3L * i;
            int sampling = source.u8(entry + 1);
            components.add(new Component(source.u8(entry), sampling >> 4, sampling & 15));
        }
        if (components.size() != 1 && components.size() != 3 && components.size() != 4) {
            throw UnreadablePicture.damaged(components.size() + " colour components");
        }
        return new JpegFrame(width, height, List.copyOf(components));
    }

    PictureSize size() {
        return new PictureSize(width, height);
    }

    /** Whether a component has every column of the picture but only every second row (4:4:0). */
    boolean isHalvedVertically(int component) {
        Component c = components.get(component);
        return c.horizontal() == most(true) && 2 * c.vertical() == most(false);
    }

    private int most(boolean horizontal) {
        int most = 1;
        for (Component c : components) {
            most = Math.max(most, horizontal ? c.horizontal() : c.vertical());
        }
        return most;
    }
}
