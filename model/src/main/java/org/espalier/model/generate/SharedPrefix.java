package org.espalier.model.generate;

import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.espalier.tensor.AttentionKernel;

/**
 * Which prompt each row continues and how much of it the row sees. All rows of one prompt ask it in one product, so that
 * it is read once: their queries, and the heads that share keys, stand below each other. Prompts with fewer rows than
 * others have idle places. Its tensors belong to the scope it was made in.
 */
final class SharedPrefix {
    private final PrefixCache cache;
    private final long groups;
    private final long places;
    private final Optional<Tensor> rowOfPlace;
    private final Optional<Tensor> placeOfRow;
    private final Optional<Tensor> mask;

    /**
     * Lays the rows out.
     *
     * @param group of each row; ascending
     * @param visible tokens of the prompt that each row sees
     * @param headsPerKey heads that share keys
     */
    SharedPrefix(PrefixCache cache, int[] group, int[] visible, int headsPerKey) {
        this.cache = cache;
        this.groups = cache.groups();
        int[] rows = new int[cache.groups()];
        for (int g : group) {
            rows[g]++;
        }
        int most = Arrays.stream(rows).max().orElse(0);
        this.places = most;
        long[] rowOf = new long[cache.groups() * most];
        long[] placeOf = new long[group.length];
        int[] seen = new int[rowOf.length];
        Arrays.fill(seen, 1);
        int[] next = new int[cache.groups()];
        for (int row = 0; row < group.length; row++) {
            int place = group[row] * most + next[group[row]]++;
            rowOf[place] = row;
            placeOf[row] = place;
            seen[place] = visible[row];
        }
        boolean full = group.length == rowOf.length;
        rowOfPlace = full ? Optional.empty() : Optional.of(cache.placement().indices(rowOf, rowOf.length));
        placeOfRow = full ? Optional.empty() : Optional.of(cache.placement().indices(placeOf, placeOf.length));
        mask = mask(seen, headsPerKey);
    }

    private Optional<Tensor> mask(int[] seen, int headsPerKey) {
        int length = cache.length();
        if (Arrays.stream(seen).allMatch(tokens -> tokens == length)) {
            return Optional.empty();
        }
        float[] mask = new float[Math.multiplyExact(Math.multiplyExact(seen.length, headsPerKey), length)];
        for (int i = 0; i < seen.length * headsPerKey; i++) {
            Arrays.fill(mask, i * length + seen[i / headsPerKey], (i + 1) * length, Float.NEGATIVE_INFINITY);
        }
        return Optional.of(cache.placement().numbers(mask, groups, 1, places * headsPerKey, length));
    }

    /**
     * Attends to the prompts.
     *
     * @param q {@code [rows, keyValueHeads, headsPerKey, width]}
     * @return {@code [rows, headsPerKey, keyValueHeads, width]} and {@code [rows, headsPerKey, keyValueHeads]}
     */
    AttentionKernel.Partial attend(int layer, Tensor q) {
        long keyHeads = q.size(1);
        long heads = q.size(2);
        long width = q.size(3);
        Tensor placed = rowOfPlace.isPresent() ? q.index_select(0, rowOfPlace.get()) : q;
        Tensor folded = placed.view(groups, places, keyHeads, heads, width)
                .permute(0, 2, 1, 3, 4)
                .reshape(groups, keyHeads, places * heads, width);
        AttentionKernel.Partial all =
                cache.placement().attention().partial(folded, cache.keys(layer), cache.values(layer), mask);
        Tensor out = all.out().reshape(groups * places, heads, keyHeads, width);
        Tensor logSum = all.logSum().reshape(groups * places, heads, keyHeads);
        return placeOfRow.isPresent()
                ? new AttentionKernel.Partial(
                        out.index_select(0, placeOfRow.get()), logSum.index_select(0, placeOfRow.get()))
                : new AttentionKernel.Partial(out, logSum);
    }
}
