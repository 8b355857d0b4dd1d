package org.espalier.picture.internal.jpeg;

import java.util.List;
import org.espalier.picture.internal.Blend;

/** What a JPEG's components mean, decided as libjpeg decides it, and how they become RGB in its integer arithmetic. */
enum JpegColour {
    GREY {
        @Override
        void toRgb(byte[] row, int at, byte[] rgb, int to) {
            rgb[to] = row[at];
            rgb[to + 1] = row[at];
            rgb[to + 2] = row[at];
        }
    },
    RGB {
        @Override
        void toRgb(byte[] row, int at, byte[] rgb, int to) {
            rgb[to] = row[at];
            rgb[to + 1] = row[at + 1];
            rgb[to + 2] = row[at + 2];
        }
    },
    YCBCR {
        @Override
        void toRgb(byte[] row, int at, byte[] rgb, int to) {
            int y = row[at] & 0xFF;
            int cb = (row[at + 1] & 0xFF) - 128;
            int cr = (row[at + 2] & 0xFF) - 128;
            rgb[to] = (byte) clamp(y + red(cr));
            rgb[to + 1] = (byte) clamp(y + green(cb, cr));
            rgb[to + 2] = (byte) clamp(y + blue(cb));
        }
    },
    /** Inks as Photoshop writes them, 255 for none; files without its marker are taken for the same, as in Pillow. */
    CMYK {
        @Override
        void toRgb(byte[] row, int at, byte[] rgb, int to) {
            for (int c = 0; c < 3; c++) {
                rgb[to + c] = inked(row[at + c] & 0xFF, row[at + 3] & 0xFF);
            }
        }
    },
    YCCK {
        @Override
        void toRgb(byte[] row, int at, byte[] rgb, int to) {
            int y = row[at] & 0xFF;
            int cb = (row[at + 1] & 0xFF) - 128;
            int cr = (row[at + 2] & 0xFF) - 128;
            int k = row[at + 3] & 0xFF;
            rgb[to] = inked(clamp(255 - y - red(cr)), k);
            rgb[to + 1] = inked(clamp(255 - y - green(cb, cr)), k);
            rgb[to + 2] = inked(clamp(255 - y - blue(cb)), k);
        }
    };

    static final int NO_ADOBE = -1;

    /** Converts the pixel whose components begin at {@code row[at]} into three bytes from {@code rgb[to]}. */
    abstract void toRgb(byte[] row, int at, byte[] rgb, int to);

    /**
     * The meaning of the components.
     *
     * @param adobeTransform of the Adobe marker, {@link #NO_ADOBE} without one
     */
    static JpegColour of(List<JpegFrame.Component> components, boolean jfif, int adobeTransform) {
        if (components.size() == 1) {
            return GREY;
        }
        if (components.size() == 4) {
            return adobeTransform == NO_ADOBE || adobeTransform == 0 ? CMYK : YCCK;
        }
        if (jfif) {
            return YCBCR;
        }
        if (adobeTransform != NO_ADOBE) {
            return adobeTransform == 0 ? RGB : YCBCR;
        }
        boolean named = components.get(0).id() == 'R'
                && components.get(1).id() == 'G'
                && components.get(2).id() == 'B';
        return named ? RGB : YCBCR;
    }

    private static byte inked(int colour, int black) {
        return (byte) (black - Blend.product(255 - colour, black));
    }

    // Factors of ITU-R BT.601 in 16-bit fixed point.

    private static int red(int cr) {
        return (91881 * cr + 32768) >> 16;
    }

    private static int green(int cb, int cr) {
        return (-22554 * cb - 46802 * cr + 32768) >> 16;
    }

    private static int blue(int cb) {
        return (116130 * cb + 32768) >> 16;
    }

    private static int clamp(int sample) {
        return Math.max(0, Math.min(255, sample));
    }
}
