package org.espalier.model.decoder;

import java.util.List;

/**
 * The sizes of a language model.
 *
 * @param headWidth numbers per head; even
 * @param rope by what angles positions turn the heads
 * @param mropeSections how many of a head's {@code headWidth / 2} frequencies follow time, height and width; empty for
 *     ordinary one-row positions
 * @param qkvBias whether the query, key and value products have a bias
 * @param tied whether the output head is the embedding
 */
public record TextShape(
        int vocabulary,
        int hidden,
        int layers,
        int heads,
        int keyValueHeads,
        int headWidth,
        int feedForward,
        double normEpsilon,
        RopeFrequencies rope,
        List<Integer> mropeSections,
        boolean qkvBias,
        boolean tied) {
    public TextShape {
        mropeSections = List.copyOf(mropeSections);
    }

    /** Floating-point operations of the largest product of a layer, for so many tokens. */
    public long largestProduct(int tokens) {
        return 2L * tokens * hidden * feedForward;
    }

    /** The same with a head of its own or none. */
    public TextShape withTied(boolean other) {
        return new TextShape(
                vocabulary,
                hidden,
                layers,
                heads,
                keyValueHeads,
                headWidth,
                feedForward,
                normEpsilon,
                rope,
                mropeSections,
                qkvBias,
                other);
    }

    /** Width of the rows of the query part, the key part and the value part of the fused product. */
    int queryWidth() {
        return heads * headWidth;
    }

    int keyWidth() {
        return keyValueHeads * headWidth;
    }
}
