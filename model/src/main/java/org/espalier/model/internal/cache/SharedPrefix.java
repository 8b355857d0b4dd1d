package org.espalier.model.internal.cache;

import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.espalier.tensor.AttentionKernel;

/**
 * Which prompt each sequence continues and how much of it the sequence sees. All sequences of one prompt attend to it in one
 * product, so that it is read once: their queries, and the heads that share keys, stand below each other. Prompts with fewer
 * sequences than others have unused places. Its tensors belong to the scope it was made in.
 */
public final class SharedPrefix {
    private final PrefixCache cache;
    private final long prompts;
    private final long places;
    private final Optional<Tensor> sequenceOfPlace;
    private final Optional<Tensor> placeOfSequence;
    private final Optional<Tensor> mask;

    /**
     * Lays the sequences out.
     *
     * @param promptOf each sequence; ascending
     * @param visible tokens of the prompt that each sequence sees
     * @param headsPerKey heads that share keys
     */
    public SharedPrefix(PrefixCache cache, int[] promptOf, int[] visible, int headsPerKey) {
        this.cache = cache;
        this.prompts = cache.prompts();
        int[] counts = new int[cache.prompts()];
        for (int g : promptOf) {
            counts[g]++;
        }
        int most = Arrays.stream(counts).max().orElse(0);
        this.places = most;
        long[] sequenceOf = new long[cache.prompts() * most];
        long[] placeOf = new long[promptOf.length];
        int[] sees = new int[sequenceOf.length];
        Arrays.fill(sees, 1);
        int[] next = new int[cache.prompts()];
        for (int sequence = 0; sequence < promptOf.length; sequence++) {
            int place = promptOf[sequence] * most + next[promptOf[sequence]]++;
            sequenceOf[place] = sequence;
            placeOf[sequence] = place;
            sees[place] = visible[sequence];
        }
        boolean full = promptOf.length == sequenceOf.length;
        sequenceOfPlace =
                full ? Optional.empty() : Optional.of(cache.placement().indices(sequenceOf, sequenceOf.length));
        placeOfSequence =
                full ? Optional.empty() : Optional.of(cache.placement().indices(placeOf, placeOf.length));
        mask = mask(sees, headsPerKey);
    }

    private Optional<Tensor> mask(int[] sees, int headsPerKey) {
        int length = cache.length();
        if (Arrays.stream(sees).allMatch(tokens -> tokens == length)) {
            return Optional.empty();
        }
        float[] mask = new float[Math.multiplyExact(Math.multiplyExact(sees.length, headsPerKey), length)];
        for (int i = 0; i < sees.length * headsPerKey; i++) {
            Arrays.fill(mask, i * length + sees[i / headsPerKey], (i + 1) * length, Float.NEGATIVE_INFINITY);
        }
        return Optional.of(cache.placement().numbers(mask, prompts, 1, places * headsPerKey, length));
    }

    /**
     * Attends to the prompts.
     *
     * @param q {@code [sequences, keyValueHeads, headsPerKey, width]}
     * @return {@code [sequences, headsPerKey, keyValueHeads, width]} and {@code [sequences, headsPerKey, keyValueHeads]}
     */
    AttentionKernel.Partial attend(int layer, Tensor q) {
        long keyHeads = q.size(1);
        long heads = q.size(2);
        long width = q.size(3);
        Tensor placed = sequenceOfPlace.isPresent() ? q.index_select(0, sequenceOfPlace.get()) : q;
        Tensor folded = placed.view(prompts, places, keyHeads, heads, width)
                .permute(0, 2, 1, 3, 4)
                .reshape(prompts, keyHeads, places * heads, width);
        AttentionKernel.Partial all =
                cache.placement().attention().partial(folded, cache.keys(layer), cache.values(layer), mask);
        Tensor out = all.out().reshape(prompts * places, heads, keyHeads, width);
        Tensor logSum = all.logSum().reshape(prompts * places, heads, keyHeads);
        return placeOfSequence.isPresent()
                ? new AttentionKernel.Partial(
                        out.index_select(0, placeOfSequence.get()), logSum.index_select(0, placeOfSequence.get()))
                : new AttentionKernel.Partial(out, logSum);
    }
}
