package org.espalier.model.llava;

import java.util.stream.IntStream;
import org.espalier.model.family.ImageProcessor;
import org.espalier.model.family.Normalisation;
import org.espalier.picture.PictureSize;
import org.espalier.picture.RgbPicture;
import org.espalier.picture.resize.Bicubic;

/** Pictures to tiles as LLaVA-NeXT has them, equal to transformers' image processor with Pillow's resizing. */
final class LlavaImageProcessor implements ImageProcessor {
    private final AnyResolution resolutions;
    private final int side;
    private final int patches;
    private final Normalisation normalisation;
    private final float[][] normalised;

    /**
     * A processor.
     *
     * @param side pixels per side of a tile, whole tiles to each canvas
     * @param patches of the tower, per side of a tile
     */
    LlavaImageProcessor(AnyResolution resolutions, int side, int patches, Normalisation normalisation) {
        this.resolutions = resolutions;
        this.side = side;
        this.patches = patches;
        this.normalisation = normalisation;
        this.normalised = normalisation.table();
    }

    @Override
    public int tokens(PictureSize size) {
        return tiles(new float[0], size).tokens();
    }

    private Tiles tiles(float[] values, PictureSize picture) {
        PictureSize canvas = resolutions.canvas(picture);
        return new Tiles(values, picture, canvas.height() / side, canvas.width() / side, side, patches);
    }

    @Override
    public Tiles process(RgbPicture picture) {
        PictureSize canvas = resolutions.canvas(picture.size());
        PictureSize fitted = AnyResolution.fit(picture.size(), canvas);
        RgbPicture placed = Bicubic.resize(picture, fitted.width(), fitted.height());
        RgbPicture whole = Bicubic.resize(picture, side, side);
        int across = canvas.width() / side;
        int count = 1 + across * (canvas.height() / side);
        int top = (canvas.height() - placed.height()) / 2;
        int left = (canvas.width() - placed.width()) / 2;
        float[] values = new float[Math.multiplyExact(count, 3 * side * side)];
        IntStream.range(0, count).parallel().forEach(tile -> {
            if (tile == 0) {
                fill(whole, 0, 0, values, 0);
            } else {
                fill(placed, (tile - 1) / across * side - top, (tile - 1) % across * side - left, values, tile);
            }
        });
        return tiles(values, picture.size());
    }

    /** Writes one tile, whose corner stands so far below and beside the picture's; what lies outside it is black. */
    private void fill(RgbPicture picture, int below, int beside, float[] values, int tile) {
        byte[] rgb = picture.rgb();
        int to = tile * 3 * side * side;
        for (int channel = 0; channel < 3; channel++) {
            float[] table = normalised[channel];
            for (int y = below; y < below + side; y++) {
                boolean inside = y >= 0 && y < picture.height();
                for (int x = beside; x < beside + side; x++) {
                    boolean seen = inside && x >= 0 && x < picture.width();
                    values[to++] = table[seen ? rgb[3 * (y * picture.width() + x) + channel] & 0xFF : 0];
                }
            }
        }
    }

    @Override
    public long[] samples(float[] values) {
        return normalisation.samples(values, side * side);
    }
}
