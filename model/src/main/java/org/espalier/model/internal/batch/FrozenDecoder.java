package org.espalier.model.internal.batch;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.model.decoder.Decoder;
import org.espalier.model.decoder.Deltas;
import org.espalier.model.decoder.LowRank;
import org.espalier.model.decoder.Projection;
import org.espalier.model.family.VisionLanguageModel;
import org.espalier.tensor.Dtype;
import org.espalier.tensor.NativeThreads;
import org.espalier.tensor.PackedProduct;
import org.espalier.tensor.Placement;
import org.espalier.tensor.SmallProduct;

/**
 * The language model as it is during one sampling call. Its tensors belong to the scope it was made in.
 *
 * @param deltas what is still to be added to the decoder's products
 */
public record FrozenDecoder(Decoder decoder, Deltas deltas) {
    /** Above this many bytes an adapter's products are added token by token rather than the weights copied. */
    private static final long LARGEST_COPY = 512L << 20;

    private static final int FEW_TOKENS = 16;

    /**
     * Takes an adapter's values as they are now. A small float32 model gets weights of its own with the adapter merged
     * into them, laid out for few tokens. An adapter that is more than products of low rank (DoRA) is merged into copies
     * whatever their size.
     */
    public static FrozenDecoder of(VisionLanguageModel model, Deltas deltas) {
        Decoder decoder = model.decoder();
        List<Map<Projection, LowRank>> values = new ArrayList<>();
        long all = decoder.head().nbytes();
        long adapted = 0;
        for (int layer = 0; layer < decoder.shape().layers(); layer++) {
            Map<Projection, LowRank> found = new EnumMap<>(Projection.class);
            for (Projection which : Projection.values()) {
                long bytes = decoder.linear(layer, which).weight().nbytes();
                all += bytes;
                Optional<LowRank> delta = deltas.of(layer, which);
                if (delta.isPresent()) {
                    found.put(which, delta.get());
                    adapted += bytes;
                }
            }
            values.add(found);
        }
        Deltas taken = (layer, which) -> Optional.ofNullable(values.get(layer).get(which));
        Placement placement = model.placement();
        boolean full = placement.type() == Dtype.F32 || placement.type() == Dtype.F64;
        boolean tiny = full
                && placement.isSmall(SmallProduct.OF_DECODING, decoder.shape().largestProduct(FEW_TOKENS));
        if (!tiny && all <= LARGEST_COPY && PackedProduct.suits(placement)) {
            return new FrozenDecoder(decoder.packed(taken), Deltas.NONE);
        }
        boolean plain =
                values.stream().flatMap(layer -> layer.values().stream()).allMatch(LowRank::isPlain);
        boolean merges = (full && adapted <= LARGEST_COPY) || !plain;
        Decoder merged = merges && adapted > 0 ? decoder.merged(taken) : decoder;
        return new FrozenDecoder(tiny ? merged.byColumns() : merged, merges ? Deltas.NONE : taken);
    }

    /** For the products of so many tokens. */
    NativeThreads threads(int tokens) {
        return PackedProduct.isPacked(decoder.head())
                ? PackedProduct.threads()
                : decoder.placement()
                        .threads(SmallProduct.OF_DECODING, decoder.shape().largestProduct(tokens));
    }
}
