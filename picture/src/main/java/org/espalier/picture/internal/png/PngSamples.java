package org.espalier.picture.internal.png;

import java.util.Arrays;
import org.espalier.picture.internal.Blend;

/** What the samples of a PNG's pixel mean, and how they become RGB on white. */
sealed interface PngSamples {
    /** Converts the pixel whose samples begin at {@code row[at]} into three bytes from {@code rgb[to]}. */
    void toRgb(int[] row, int at, byte[] rgb, int to);

    static PngSamples of(PngChunks chunks, int bands) {
        if (chunks.isIndexed()) {
            return Indexed.of(chunks.palette(), chunks.transparency());
        }
        if (bands == 2 || bands == 4) {
            return new WithAlpha(bands, chunks.depth());
        }
        return Opaque.of(bands, chunks.depth(), chunks.transparency());
    }

    /** Indices into colours that already lie on white; indices without a colour are black. */
    record Indexed(byte[] colours) implements PngSamples {
        static Indexed of(byte[] palette, byte[] alphas) {
            byte[] colours = new byte[3 * 256];
            for (int i = 0; i < Math.min(colours.length, palette.length); i++) {
                int alpha = i / 3 < alphas.length ? alphas[i / 3] & 0xFF : 255;
                colours[i] = Blend.onWhite(palette[i] & 0xFF, alpha);
            }
            return new Indexed(colours);
        }

        @Override
        public void toRgb(int[] row, int at, byte[] rgb, int to) {
            System.arraycopy(colours, 3 * row[at], rgb, to, 3);
        }
    }

    /** Grey or RGB, where one colour may be transparent, so white; it is compared at full depth. */
    record Opaque(int bands, int depth, int[] transparent) implements PngSamples {
        static Opaque of(int bands, int depth, byte[] transparency) {
            int[] key = new int[transparency.length < 2 * bands ? 0 : bands];
            for (int i = 0; i < key.length; i++) {
                int sample = ((transparency[2 * i] & 0xFF) << 8) | (transparency[2 * i + 1] & 0xFF);
                key[i] = sample & ((1 << depth) - 1);
            }
            return new Opaque(bands, depth, key);
        }

        @Override
        public void toRgb(int[] row, int at, byte[] rgb, int to) {
            if (transparent.length > 0 && Arrays.equals(row, at, at + bands, transparent, 0, bands)) {
                Arrays.fill(rgb, to, to + 3, (byte) 255);
                return;
            }
            for (int c = 0; c < 3; c++) {
                rgb[to + c] = (byte) eightBits(row[at + (bands == 1 ? 0 : c)], depth);
            }
        }
    }

    /** Grey or RGB, then alpha. */
    record WithAlpha(int bands, int depth) implements PngSamples {
        @Override
        public void toRgb(int[] row, int at, byte[] rgb, int to) {
            int alpha = eightBits(row[at + bands - 1], depth);
            for (int c = 0; c < 3; c++) {
                rgb[to + c] = Blend.onWhite(eightBits(row[at + (bands == 2 ? 0 : c)], depth), alpha);
            }
        }
    }

    private static int eightBits(int sample, int depth) {
        return depth == 16 ? sample >> 8 : sample * 255 / ((1 << depth) - 1);
    }
}
