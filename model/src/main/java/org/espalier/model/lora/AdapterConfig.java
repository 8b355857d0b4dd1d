package org.espalier.model.lora;

import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The shape of an adapter, as {@code adapter_config.json} has it.
 *
 * @param rank columns of A ({@code r})
 * @param alpha over the rank, or over its root, it is the scale of the product
 * @param rooted whether it is over the root ({@code use_rslora})
 * @param ranks other ranks ({@code rank_pattern}): of modules whose names, or what stands behind a dot in them, an expression
 *     matches; the first that does counts
 * @param alphas the same of alpha ({@code alpha_pattern})
 * @param dora whether rows are brought to lengths of their own ({@code use_dora})
 */
public record AdapterConfig(
        int rank,
        double alpha,
        boolean rooted,
        SequencedMap<String, Integer> ranks,
        SequencedMap<String, Double> alphas,
        boolean dora) {
    public AdapterConfig {
        if (rank < 1) {
            throw new IllegalArgumentException("rank " + rank + " is less than 1");
        }
    }

    public static AdapterConfig of(int rank, double alpha, boolean dora) {
        return new AdapterConfig(
                rank, alpha, false, new java.util.LinkedHashMap<>(), new java.util.LinkedHashMap<>(), dora);
    }

    /** The same with or without DoRA. */
    public AdapterConfig with(boolean lengths) {
        return new AdapterConfig(rank, alpha, rooted, ranks, alphas, lengths);
    }

    /**
     * The ranks that a module of these names may have: usually one. Where several expressions match, the first counts, but
     * PEFT writes them in another order than it read them.
     */
    List<Integer> ranks(List<String> names) {
        List<Integer> found = matching(ranks, names);
        return found.isEmpty() ? List.of(rank) : found;
    }

    /** By what the product of a module of these names and that rank is multiplied. */
    double scale(List<String> names, long columns) {
        List<Double> found = matching(alphas, names);
        return (found.isEmpty() ? alpha : found.getFirst()) / (rooted ? Math.sqrt((double) columns) : columns);
    }

    private static <T> List<T> matching(Map<String, T> patterns, List<String> names) {
        return patterns.entrySet().stream()
                .filter(entry ->
                        names.stream().anyMatch(Targets.expression("(.*\\.)?(" + entry.getKey() + ")", entry.getKey())))
                .map(Map.Entry::getValue)
                .toList();
    }
}
