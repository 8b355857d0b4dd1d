package org.espalier.model.picture;

/**
 * A picture as the vision side of a model receives it. Patches stand in the order of tokens: the patches that are
 * merged into one token follow one another.
 *
 * @param values one row a patch: channel, frame, row, column; not copied, so nobody may change it
 * @param temporal patches along time
 * @param height patches from top to bottom
 * @param width patches from left to right
 * @param mergeSize patches along each side of what becomes one token
 */
public record Patches(float[] values, int temporal, int height, int width, int mergeSize) {
    public Patches {
        if (temporal < 1 || height < 1 || width < 1 || mergeSize < 1) {
            throw new IllegalArgumentException("patches need a grid of at least 1 x 1 x 1");
        }
        if (height % mergeSize != 0 || width % mergeSize != 0) {
            throw new IllegalArgumentException(height + " x " + width + " patches do not merge by " + mergeSize);
        }
        if (values.length % (temporal * height * width) != 0) {
            throw new IllegalArgumentException(values.length + " values do not fill the grid");
        }
    }

    /** Number of patches, the rows of {@link #values()}. */
    public int rows() {
        return temporal * height * width;
    }

    /** Values of one patch. */
    public int rowLength() {
        return values.length / rows();
    }

    /** Tokens the picture takes in the language model. */
    public int tokens() {
        return rows() / (mergeSize * mergeSize);
    }
}
