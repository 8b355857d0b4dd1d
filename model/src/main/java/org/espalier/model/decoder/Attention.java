package org.espalier.model.decoder;

import org.bytedeco.pytorch.Tensor;

/** Who looks at whom along the token axis. */
public interface Attention {
    /**
     * Attends.
     *
     * @param layer number of the decoder layer, from 0
     * @param q {@code [tokens, heads, headWidth]}, positions already applied
     * @param k {@code [tokens, keyValueHeads, headWidth]}, likewise
     * @param v {@code [tokens, keyValueHeads, headWidth]}
     * @return {@code [tokens, heads * headWidth]}
     */
    Tensor attend(int layer, Tensor q, Tensor k, Tensor v);
}
