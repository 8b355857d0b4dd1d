package org.espalier.model.internal.cache;

import org.bytedeco.pytorch.Tensor;
import org.espalier.model.decoder.Attention;
import org.espalier.model.decoder.CausalSequences;
import org.espalier.model.decoder.TextShape;
import org.espalier.tensor.Placement;

/**
 * The keys and values of prompts, once for all sequences that continue them: {@code [prompts, keyValueHeads, length, width]} a
 * layer, shorter prompts padded on the right.
 */
public final class PrefixCache implements AutoCloseable {
    private final Placement placement;
    private final LayerTensors keys;
    private final LayerTensors values;

    private PrefixCache(Placement placement, LayerTensors keys, LayerTensors values) {
        this.placement = placement;
        this.keys = keys;
        this.values = values;
    }

    /** To be filled. */
    public static PrefixCache empty(TextShape shape, Placement placement, long prompts, long length) {
        return new PrefixCache(
                placement,
                LayerTensors.empty(shape, placement, prompts, length),
                LayerTensors.empty(shape, placement, prompts, length));
    }

    Placement placement() {
        return placement;
    }

    Tensor keys(int layer) {
        return keys.of(layer);
    }

    Tensor values(int layer) {
        return values.of(layer);
    }

    /** Prompts held. */
    int prompts() {
        return Math.toIntExact(keys.of(0).size(0));
    }

    /** Tokens of the longest prompt. */
    public int length() {
        return Math.toIntExact(keys.of(0).size(2));
    }

    /** Causal attention of some prompts, one after the other, that keeps their keys and values. */
    public Attention fill(long first, long prompts) {
        CausalSequences causal = new CausalSequences(prompts, placement.attention());
        return (layer, q, k, v) -> {
            store(keys.of(layer), first, prompts, k);
            store(values.of(layer), first, prompts, v);
            return causal.attend(layer, q, k, v);
        };
    }

    private static void store(Tensor cache, long first, long prompts, Tensor tokens) {
        cache.narrow(0, first, prompts)
                .copy_(tokens.reshape(prompts, cache.size(2), cache.size(1), cache.size(3))
                        .transpose(1, 2));
    }

    /** Keeps these prompts, in this order, and drops the others. */
    public void keep(long[] prompts) {
        keys.keep(prompts);
        values.keep(prompts);
    }

    /**
     * Adds other prompts after these.
     *
     * @param longest tokens of the longest of all
     */
    public void append(PrefixCache more, long longest) {
        keys.append(more.keys, longest);
        values.append(more.values, longest);
    }

    @Override
    public void close() {
        keys.close();
        values.close();
    }
}
