package org.espalier.bench.stats;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** How a smaller question set is shared out over strata, and how sure a rate measured on it can be. */
public final class Strata {
    /** The 97.5 % quantile of the normal distribution. */
    static final double Z = 1.959964;

    private Strata() {}

    /**
     * Shares {@code wanted} out in proportion to the sizes, by largest remainder; no stratum is left out while there is
     * one for each, and none gets more than it has.
     */
    public static SortedMap<String, Integer> share(SortedMap<String, Integer> sizes, int wanted) {
        int all = sizes.values().stream().mapToInt(Integer::intValue).sum();
        int target = Math.min(wanted, all);
        SortedMap<String, Integer> shares = new TreeMap<>();
        int given = 0;
        for (var stratum : sizes.entrySet()) {
            int floor = (int) ((long) target * stratum.getValue() / all);
            int least = target >= sizes.size() ? Math.min(1, stratum.getValue()) : 0;
            shares.put(stratum.getKey(), Math.max(floor, least));
            given += Math.max(floor, least);
        }
        List<String> byRemainder = new ArrayList<>(sizes.keySet());
        byRemainder.sort(Comparator.comparingLong((String name) -> -((long) target * sizes.getOrDefault(name, 0) % all))
                .thenComparing(Comparator.naturalOrder()));
        for (int i = 0; given < target; i = (i + 1) % byRemainder.size()) {
            String name = byRemainder.get(i);
            if (shares.getOrDefault(name, 0) < sizes.getOrDefault(name, 0)) {
                shares.merge(name, 1, Integer::sum);
                given++;
            }
        }
        for (int i = byRemainder.size() - 1; given > target; i = i == 0 ? byRemainder.size() - 1 : i - 1) {
            String name = byRemainder.get(i);
            if (shares.getOrDefault(name, 0) > 1) {
                shares.merge(name, -1, Integer::sum);
                given--;
            }
        }
        return shares;
    }

    /**
     * Half the width of the 95 % interval of a rate over {@code asked} of {@code all} units where it is widest, at 50 %,
     * in percentage points (normal approximation with finite population correction); 0 where all are asked.
     */
    public static double halfWidth(int asked, int all) {
        if (asked >= all || all <= 1) {
            return 0;
        }
        double correction = (double) (all - asked) / (all - 1);
        return 100 * Z * Math.sqrt(0.25 / asked * correction);
    }

    /** The same in words, for whoever asks a part alone: as sure as so many clusters of units make it. */
    public static String sureness(int asked, int all, int clusters, int allClusters) {
        return String.format(
                Locale.ROOT,
                "%d of %d questions: a rate over them is known to about ±%.1f points (95 %%, at 50 %%)",
                asked,
                all,
                halfWidth(clusters, allClusters));
    }
}
