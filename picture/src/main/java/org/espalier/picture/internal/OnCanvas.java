package org.espalier.picture.internal;

/** An image on its canvas, thinned, three bytes a pixel, row by row. */
public final class OnCanvas {
    private final ArgbImage image;
    private final int left;
    private final int top;
    private final int around;
    private final int step;
    private final int columns;
    private final int rows;
    private final int height;
    private final boolean covers;
    private final int[] row;

    OnCanvas(ArgbImage image, PictureHeader canvas, int left, int top, int around, int step) {
        this.image = image;
        this.left = left;
        this.top = top;
        this.around = around;
        this.step = step;
        this.columns = canvas.columns(step);
        this.rows = canvas.rows(step);
        int imageWidth = image.image().getWidth();
        int imageHeight = image.image().getHeight();
        this.height = Math.min(imageHeight, canvas.height() - top);
        this.row = new int[Math.max(0, Math.min(imageWidth, canvas.width() - left))];
        this.covers = left == 0 && top == 0 && imageWidth >= canvas.width() && imageHeight >= canvas.height();
    }

    /** Rows that are kept. */
    public int rows() {
        return rows;
    }

    /** Bytes of a row. */
    public int rowLength() {
        return 3 * columns;
    }

    /** All rows. */
    public byte[] rgb() {
        byte[] rgb = new byte[rowLength() * rows];
        for (int kept = 0; kept < rows; kept++) {
            write(kept, rgb, kept * rowLength());
        }
        return rgb;
    }

    /**
     * Writes a row.
     *
     * @param kept its number among those that are kept
     * @param at where in {@code rgb} it begins
     */
    public void write(int kept, byte[] rgb, int at) {
        if (!covers) {
            fill(rgb, at, at + rowLength());
        }
        int y = kept * step - top;
        if (y < 0 || y >= height || row.length == 0) {
            return;
        }
        image.read(y, row);
        int first = firstFrom(left);
        int to = at + 3 * (first / step);
        for (int x = first - left; x < row.length; x += step) {
            int pixel = row[x];
            int alpha = pixel >>> 24;
            rgb[to++] = Blend.onWhite(pixel >> 16 & 0xFF, alpha);
            rgb[to++] = Blend.onWhite(pixel >> 8 & 0xFF, alpha);
            rgb[to++] = Blend.onWhite(pixel & 0xFF, alpha);
        }
    }

    /** The first multiple of the step that is not before. */
    private int firstFrom(int start) {
        return (start + step - 1) / step * step;
    }

    private void fill(byte[] rgb, int from, int end) {
        for (int i = from; i < end; i += 3) {
            rgb[i] = (byte) (around >> 16);
            rgb[i + 1] = (byte) (around >> 8);
            rgb[i + 2] = (byte) around;
        }
    }
}
