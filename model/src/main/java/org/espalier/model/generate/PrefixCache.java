package org.espalier.model.generate;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.espalier.model.decoder.Attention;
import org.espalier.model.decoder.CausalRows;
import org.espalier.model.decoder.TextShape;

/**
 * The keys and values of prompts, once for all rows that continue them: {@code [groups, keyValueHeads, length, width]} a
 * layer, shorter prompts filled up on the right.
 */
final class PrefixCache implements AutoCloseable {
    private final LayerTensors keys;
    private final LayerTensors values;

    private PrefixCache(LayerTensors keys, LayerTensors values) {
        this.keys = keys;
        this.values = values;
    }

    static PrefixCache empty(TextShape shape, ScalarType type, long groups, long length) {
        return new PrefixCache(
                LayerTensors.empty(shape, type, groups, length), LayerTensors.empty(shape, type, groups, length));
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
        CausalRows rows = new CausalRows(groups);
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
        keys.replace(cache -> LayerTensors.rows(cache, groups));
        values.replace(cache -> LayerTensors.rows(cache, groups));
    }

    @Override
    public void close() {
        keys.close();
        values.close();
    }
}
