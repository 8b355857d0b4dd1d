package org.espalier.ssui.taxonomy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How samples lie in a taxonomy.
 *
 * @param samples of each tertiary id in the order of the taxonomy, 0 where there is none
 * @param strangers ids that the taxonomy does not have, with their samples
 */
public record Coverage(Taxonomy taxonomy, Map<String, Long> samples, Map<String, Long> strangers) {
    /** Counts that were made elsewhere, by tertiary id. */
    public static Coverage of(Taxonomy taxonomy, Map<String, Long> counts) {
        Map<String, Long> samples = new LinkedHashMap<>();
        taxonomy.tertiary().forEach(category -> samples.put(category.id(), counts.getOrDefault(category.id(), 0L)));
        Map<String, Long> strangers = new LinkedHashMap<>();
        counts.entrySet().stream()
                .filter(entry -> !samples.containsKey(entry.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> strangers.put(entry.getKey(), entry.getValue()));
        return new Coverage(taxonomy, samples, strangers);
    }

    /** Samples whose category the taxonomy has. */
    public long total() {
        return samples.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Samples in a category of any level. */
    public long of(RiskCategory category) {
        return category.categories().isEmpty()
                ? samples.getOrDefault(category.id(), 0L)
                : category.categories().stream().mapToLong(this::of).sum();
    }

    /** Tertiary categories without a sample. */
    public List<RiskCategory> empty() {
        return taxonomy.tertiary().stream().filter(c -> of(c) == 0).toList();
    }

    /** Share of the tertiary categories that have a sample. */
    public double covered() {
        int all = samples.size();
        return all == 0 ? 0 : 1 - (double) empty().size() / all;
    }

    /**
     * Evenness from 0 to 1: the entropy of the shares over the entropy of equal shares (Pielou). 1 where every tertiary
     * category has as many samples as any other.
     */
    public double balance() {
        long total = total();
        if (total == 0 || samples.size() < 2) {
            return total == 0 ? 0 : 1;
        }
        List<Double> terms = new ArrayList<>();
        samples.values().stream().filter(n -> n > 0).forEach(n -> {
            double share = (double) n / total;
            terms.add(-share * Math.log(share));
        });
        double entropy = terms.stream().mapToDouble(Double::doubleValue).sum();
        return entropy / Math.log(samples.size());
    }
}
