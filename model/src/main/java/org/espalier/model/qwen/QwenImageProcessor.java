package org.espalier.model.qwen;

import java.util.stream.IntStream;
import org.espalier.core.InputException;
import org.espalier.model.family.ImageProcessor;
import org.espalier.picture.PictureSize;
import org.espalier.picture.RgbPicture;
import org.espalier.picture.resize.Bicubic;

/**
 * Pictures to patches as Qwen2.5-VL has them, equal to transformers' image processor with Pillow's resizing.
 */
final class QwenImageProcessor implements ImageProcessor {
    private static final int LONGEST_TO_SHORTEST = 200;

    private final PreprocessorConfig config;
    /** Of each channel, the normalised value of each 8-bit sample. */
    private final float[][] normalised;

    QwenImageProcessor(PreprocessorConfig config) {
        this.config = config;
        this.normalised = config.normalisation().table();
    }

    /**
     * The size to which a picture is resized: multiples of a token's side, near the picture's own proportions, within
     * the bounds.
     *
     * @throws InputException if one side is more than 200 times the other
     */
    PictureSize fit(PictureSize size) {
        int width = size.width();
        int height = size.height();
        if (Math.max(width, height) > (long) LONGEST_TO_SHORTEST * Math.min(width, height)) {
            throw new InputException(
                    "A picture of " + size + " pixels is too long and thin for this model: one side may be"
                            + " at most 200 times the other; crop it.");
        }
        int unit = config.unit();
        double fittedWidth = Math.rint((double) width / unit) * unit;
        double fittedHeight = Math.rint((double) height / unit) * unit;
        if (fittedWidth * fittedHeight > config.maxPixels()) {
            double shrink = Math.sqrt((double) size.pixels() / config.maxPixels());
            fittedWidth = Math.max(unit, Math.floor(width / shrink / unit) * unit);
            fittedHeight = Math.max(unit, Math.floor(height / shrink / unit) * unit);
        } else if (fittedWidth * fittedHeight < config.minPixels()) {
            double grow = Math.sqrt((double) config.minPixels() / size.pixels());
            fittedWidth = Math.ceil(width * grow / unit) * unit;
            fittedHeight = Math.ceil(height * grow / unit) * unit;
        }
        return new PictureSize((int) fittedWidth, (int) fittedHeight);
    }

    @Override
    public int tokens(PictureSize size) {
        PictureSize fitted = fit(size);
        return (fitted.width() / config.unit()) * (fitted.height() / config.unit());
    }

    /** The picture at the size of {@link #fit}, still in 8 bits. */
    RgbPicture resize(RgbPicture picture) {
        PictureSize fitted = fit(picture.size());
        return Bicubic.resize(picture, fitted.width(), fitted.height());
    }

    @Override
    public Patches process(RgbPicture picture) {
        RgbPicture resized = resize(picture);
        int height = resized.height() / config.patchSize();
        int width = resized.width() / config.patchSize();
        int patch = config.patchSize() * config.patchSize();
        int rowLength = 3 * config.temporalPatchSize() * patch;
        float[] values = new float[Math.multiplyExact(height * width, rowLength)];
        int merge = config.mergeSize();
        int tokensAcross = width / merge;
        IntStream.range(0, height / merge).parallel().forEach(tokenRow -> {
            int row = tokenRow * tokensAcross * merge * merge;
            for (int tokenColumn = 0; tokenColumn < tokensAcross; tokenColumn++) {
                for (int inToken = 0; inToken < merge * merge; inToken++, row++) {
                    int top = (tokenRow * merge + inToken / merge) * config.patchSize();
                    int left = (tokenColumn * merge + inToken % merge) * config.patchSize();
                    fillPatch(resized, top, left, values, row * rowLength);
                }
            }
        });
        return new Patches(values, new Grid(1, height, width), merge);
    }

    @Override
    public long[] samples(float[] values) {
        int plane = config.patchSize() * config.patchSize() * config.temporalPatchSize();
        return config.normalisation().samples(values, plane);
    }

    /** Writes one patch: for each channel its pixels row by row, once a frame. */
    private void fillPatch(RgbPicture picture, int top, int left, float[] values, int at) {
        int side = config.patchSize();
        int patch = side * side;
        byte[] rgb = picture.rgb();
        int to = at;
        for (int channel = 0; channel < 3; channel++) {
            for (int y = 0; y < side; y++) {
                int from = 3 * ((top + y) * picture.width() + left) + channel;
                for (int x = 0; x < side; x++, from += 3) {
                    values[to + y * side + x] = normalised[channel][rgb[from] & 0xFF];
                }
            }
            for (int frame = 1; frame < config.temporalPatchSize(); frame++) {
                System.arraycopy(values, to, values, to + frame * patch, patch);
            }
            to += config.temporalPatchSize() * patch;
        }
    }
}
