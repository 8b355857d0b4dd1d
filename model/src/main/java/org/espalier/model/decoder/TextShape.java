package org.espalier.model.decoder;

import java.util.List;

/**
 * The sizes of a language model.
 *
 * @param headWidth numbers per head; even
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
        double ropeTheta,
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

    /** Width of the rows of the query part, the key part and the value part of the fused product. */
    int queryWidth() {
        return heads * headWidth;
    }

    int keyWidth() {
        return keyValueHeads * headWidth;
    }
}
