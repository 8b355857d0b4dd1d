package org.espalier.model.decoder;

import org.bytedeco.pytorch.Tensor;

/** Which tokens attend to which along the token axis. */
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

    /** {@code [tokens, keyValueHeads, width]} to {@code [tokens, heads, width]}: beside each head what it shares. */
    static Tensor repeat(Tensor x, long heads) {
        long groups = heads / x.size(1);
        if (groups == 1) {
            return x;
        }
        return x.unsqueeze(2).expand(x.size(0), x.size(1), groups, x.size(2)).reshape(x.size(0), heads, x.size(2));
    }
}
