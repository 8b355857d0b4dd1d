package org.espalier.model.generate;

import org.bytedeco.pytorch.Tensor;
import org.espalier.model.decoder.Attention;
import org.espalier.model.decoder.CausalRows;
import org.espalier.model.decoder.TextShape;
import org.espalier.tensor.Placement;

/**
 * The keys and values of prompts, once for all rows that continue them: {@code [groups, keyValueHeads, length, width]} a
 * layer, shorter prompts filled up on the right.
 */
final class PrefixCache implements AutoCloseable {
    private final Placement placement;
    private final LayerTensors keys;
    private final LayerTensors values;

    private PrefixCache(Placement placement, LayerTensors keys, LayerTensors values) {
        this.placement = placement;
        this.keys = keys;
        this.values = values;
    }

    static PrefixCache empty(TextShape shape, Placement placement, long groups, long length) {
        return new PrefixCache(
                placement,
                LayerTensors.empty(shape, placement, groups, length),
                LayerTensors.empty(shape, placement, groups, length));
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
    int groups() {
        return Math.toIntExact(keys.of(0).size(0));
    }

    /** Tokens of the longest prompt. */
    int length() {
        return Math.toIntExact(keys.of(0).size(2));
    }

    /** Causal attention of some groups' prompts, one after the other, that remembers their keys and values. */
    Attention fill(long firstGroup, long groups) {
        CausalRows rows = new CausalRows(groups, placement.attention());
        return (layer, q, k, v) -> {
            store(keys.of(layer), firstGroup, groups, k);
            store(values.of(layer), firstGroup, groups, v);
            return rows.attend(layer, q, k, v);
        };
    }

    private static void store(Tensor cache, long firstGroup, long groups, Tensor tokens) {
        cache.narrow(0, firstGroup, groups)
                .copy_(tokens.reshape(groups, cache.size(2), cache.size(1), cache.size(3))
                        .transpose(1, 2));
    }

    /** Keeps these groups, in this order, and forgets the others. */
    void keep(long[] groups) {
        keys.keep(groups);
        values.keep(groups);
    }

    @Override
    public void close() {
        keys.close();
        values.close();
    }
}
