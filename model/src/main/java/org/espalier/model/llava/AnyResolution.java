package org.espalier.model.llava;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.espalier.picture.PictureSize;

/**
 * Which canvas of tiles a picture of any size is put on, and which part of it the picture covers there.
 *
 * @param canvases the sizes that there are ({@code image_grid_pinpoints}), in order of preference where two serve equally
 */
record AnyResolution(List<PictureSize> canvases) {
    AnyResolution {
        canvases = List.copyOf(canvases);
    }

    /** The canvas on which most of the picture's pixels are kept; of those the one that wastes fewest. */
    PictureSize canvas(PictureSize picture) {
        PictureSize best = canvases.getFirst();
        long most = 0;
        long least = Long.MAX_VALUE;
        for (PictureSize canvas : canvases) {
            double scale =
                    Math.min((double) canvas.width() / picture.width(), (double) canvas.height() / picture.height());
            long wide = (long) (picture.width() * scale);
            long high = (long) (picture.height() * scale);
            long kept = Math.min(wide * high, picture.pixels());
            long wasted = canvas.pixels() - kept;
            if (kept > most || (kept == most && wasted < least)) {
                best = canvas;
                most = kept;
                least = wasted;
            }
        }
        return best;
    }

    /** The size of the picture on a canvas, its proportions kept. */
    static PictureSize fit(PictureSize picture, PictureSize canvas) {
        double wide = (double) canvas.width() / picture.width();
        double high = (double) canvas.height() / picture.height();
        return wide < high
                ? new PictureSize(canvas.width(), (int) Math.min(Math.ceil(picture.height() * wide), canvas.height()))
                : new PictureSize((int) Math.min(Math.ceil(picture.width() * high), canvas.width()), canvas.height());
    }

    /** Patches of a canvas that the picture covers; there may be none where it is very long and thin. */
    record Covered(int top, int left, int rows, int columns) {
        /**
         * As the published model counts them, which is not always what was filled.
         *
         * @param height of the canvas in patches
         * @param width of the canvas in patches
         */
        static Covered of(PictureSize picture, int height, int width) {
            if ((double) picture.width() / picture.height() > (double) width / height) {
                int margin = (height - rounded(picture.height() * ((double) width / picture.width()))) / 2;
                return new Covered(margin, 0, height - 2 * margin, width);
            }
            int margin = (width - rounded(picture.width() * ((double) height / picture.height()))) / 2;
            return new Covered(0, margin, height, width - 2 * margin);
        }

        /** Down to a whole number, unless it is above by less than half of 1e-7: Python's {@code int(round(x, 7))}. */
        private static int rounded(double exact) {
            return new BigDecimal(exact).setScale(7, RoundingMode.HALF_EVEN).intValue();
        }

        /** With a token for each end of a row. */
        int tokens() {
            return rows * (columns + 1);
        }
    }
}
