package org.espalier.picture.resize;

import java.util.stream.IntStream;
import org.espalier.picture.PictureSize;
import org.espalier.picture.RgbPicture;

/**
 * Bicubic resizing with antialiasing, equal to Pillow's to the last bit: the columns first, then the rows, each pass
 * rounded to 8 bits, weights in fixed point.
 *
 * <p>Pillow 3.3 to 12 always take the columns first, and the checkpoints that are out were made with them. From 13 on,
 * Pillow takes the rows first where the height loses more than twice as many pixels as the width; there its samples
 * differ from these by a level or two.
 */
public final class Bicubic {
    /** Below this many multiplications a pass is done sooner by one thread. */
    private static final long WORTH_SHARING = 2_000_000;

    private Bicubic() {}

    /** The picture at another size; the same object where nothing changes. */
    public static RgbPicture resize(RgbPicture picture, int width, int height) {
        PictureSize target = new PictureSize(width, height);
        RgbPicture wide = target.width() == picture.width()
                ? picture
                : resizeColumns(picture, Weights.of(picture.width(), target.width()));
        return target.height() == wide.height() ? wide : resizeRows(wide, Weights.of(wide.height(), target.height()));
    }

    private static RgbPicture resizeColumns(RgbPicture picture, Weights weights) {
        int from = picture.width();
        int to = weights.targets();
        byte[] source = picture.rgb();
        byte[] target = new byte[Math.multiplyExact(3 * to, picture.height())];
        rows(picture.height(), (long) picture.height() * to * weights.most() * 3)
                .forEach(y -> columnsOfRow(source, 3 * y * from, target, 3 * y * to, weights));
        return new RgbPicture(to, picture.height(), target);
    }

    private static void columnsOfRow(byte[] source, int sourceRow, byte[] target, int targetRow, Weights weights) {
        int[] factors = weights.factors();
        int write = targetRow;
        for (int x = 0; x < weights.targets(); x++) {
            int read = sourceRow + 3 * weights.first(x);
            int begin = weights.begin(x);
            int end = begin + weights.count(x);
            int red = Weights.HALF;
            int green = Weights.HALF;
            int blue = Weights.HALF;
            for (int i = begin; i < end; i++, read += 3) {
                int factor = factors[i];
                red += (source[read] & 0xFF) * factor;
                green += (source[read + 1] & 0xFF) * factor;
                blue += (source[read + 2] & 0xFF) * factor;
            }
            target[write++] = Weights.eightBits(red);
            target[write++] = Weights.eightBits(green);
            target[write++] = Weights.eightBits(blue);
        }
    }

    private static RgbPicture resizeRows(RgbPicture picture, Weights weights) {
        int stride = 3 * picture.width();
        byte[] source = picture.rgb();
        byte[] target = new byte[Math.multiplyExact(stride, weights.targets())];
        rows(weights.targets(), (long) weights.targets() * stride * weights.most())
                .forEach(y -> row(source, target, y, stride, weights));
        return new RgbPicture(picture.width(), weights.targets(), target);
    }

    private static void row(byte[] source, byte[] target, int y, int stride, Weights weights) {
        int[] sums = new int[stride];
        int begin = weights.begin(y);
        for (int i = 0; i < weights.count(y); i++) {
            add(sums, source, (weights.first(y) + i) * stride, weights.factors()[begin + i]);
        }
        for (int i = 0; i < stride; i++) {
            target[y * stride + i] = Weights.eightBits(sums[i] + Weights.HALF);
        }
    }

    private static void add(int[] sums, byte[] source, int from, int factor) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += (source[from + i] & 0xFF) * factor;
        }
    }

    private static IntStream rows(int count, long multiplications) {
        IntStream rows = IntStream.range(0, count);
        return multiplications < WORTH_SHARING ? rows : rows.parallel();
    }
}
