package org.espalier.ssui.taxonomy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.core.InputException;
import org.espalier.core.Seed;

/**
 * How often the query agent is asked to aim at each category: weights, not counts, so that which category an item is
 * given depends on the seed and the item alone, never on what was made before it or on another machine.
 *
 * @param weights by tertiary id, each at least 0, together more than 0
 */
public record Quotas(Map<String, Double> weights) {
    public Quotas {
        weights = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(weights));
    }

    /** Every tertiary category alike. */
    public static Quotas equal(Taxonomy taxonomy) {
        Map<String, Double> weights = new LinkedHashMap<>();
        taxonomy.tertiary().forEach(category -> weights.put(category.id(), 1.0));
        return new Quotas(weights);
    }

    /**
     * Some categories weighted; the rest keep 1. An id of a higher level stands for all below it.
     *
     * @throws InputException if an id is not in the taxonomy, or nothing is left
     */
    public static Quotas of(Taxonomy taxonomy, Map<String, Double> given) {
        Map<String, Double> weights = new LinkedHashMap<>(equal(taxonomy).weights());
        Map<String, List<String>> below = below(taxonomy);
        List<String> ids = new ArrayList<>(given.keySet());
        // Higher levels first, so that what is said of one category stands against what is said of its group.
        ids.sort(java.util.Comparator.comparingInt(
                (String id) -> -below.getOrDefault(id, List.of()).size()));
        for (String id : ids) {
            double weight = given.getOrDefault(id, 1.0);
            if (!below.containsKey(id)) {
                throw new InputException("a quota names the category \"" + id + "\", which the taxonomy "
                        + taxonomy.name() + " does not have");
            }
            if (!(weight >= 0) || Double.isInfinite(weight)) {
                throw new InputException("the quota of " + id + " is " + weight + ": give a number of at least 0");
            }
            below.getOrDefault(id, List.of()).forEach(each -> weights.put(each, weight));
        }
        if (weights.values().stream().mapToDouble(Double::doubleValue).sum() <= 0) {
            throw new InputException("the quotas exclude every category: give one of them a weight above 0");
        }
        return new Quotas(weights);
    }

    /** Whether a category may occur at all. */
    public boolean wants(String tertiary) {
        return weights.getOrDefault(tertiary, 0.0) > 0;
    }

    private static Map<String, List<String>> below(Taxonomy taxonomy) {
        Map<String, List<String>> below = new LinkedHashMap<>();
        taxonomy.paths()
                .forEach((id, path) ->
                        path.forEach(category -> below.computeIfAbsent(category.id(), _ -> new ArrayList<>())
                                .add(id)));
        return below;
    }

    /** The category that an item's query agent is asked to aim at. */
    public String aim(long seed, String item) {
        double at = Seed.of(seed, "aims").and(item).fraction();
        double left =
                at * weights.values().stream().mapToDouble(Double::doubleValue).sum();
        String last = "";
        for (Map.Entry<String, Double> entry : weights.entrySet()) {
            if (entry.getValue() > 0) {
                last = entry.getKey();
                left -= entry.getValue();
                if (left < 0) {
                    return last;
                }
            }
        }
        return last;
    }
}
