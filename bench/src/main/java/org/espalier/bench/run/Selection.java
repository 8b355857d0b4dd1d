package org.espalier.bench.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.espalier.bench.stats.Strata;
import org.espalier.bench.suite.BenchmarkItem;
import org.espalier.bench.suite.QuestionSet;
import org.espalier.core.Seed;

/** A smaller question set that still says how sure its figures can be. */
public final class Selection {
    private Selection() {}

    /** The first units of a set. */
    public static QuestionSet first(QuestionSet set, int units) {
        Map<String, List<BenchmarkItem>> all = units(set);
        if (units >= all.size()) {
            return set;
        }
        List<BenchmarkItem> chosen =
                all.values().stream().limit(units).flatMap(List::stream).toList();
        return set.of(chosen, "the first " + sureness(chosen, set));
    }

    /**
     * A random part in which every cell keeps its share. Whole clusters are drawn, so that a cell may get a few units more.
     *
     * @param seed names the draw; a larger sample of the same seed holds a smaller one's units, cell by cell
     */
    public static QuestionSet stratified(QuestionSet set, int units, long seed) {
        Map<String, List<BenchmarkItem>> all = units(set);
        if (units >= all.size()) {
            return set;
        }
        SortedMap<String, Integer> sizes = new TreeMap<>();
        SortedMap<String, Map<String, Integer>> clusters = new TreeMap<>();
        all.values().forEach(items -> {
            BenchmarkItem first = items.getFirst();
            sizes.merge(first.cell(), 1, Integer::sum);
            clusters.computeIfAbsent(first.cell(), _ -> new TreeMap<>()).merge(first.cluster(), 1, Integer::sum);
        });
        Set<String> kept = new HashSet<>();
        Strata.share(sizes, units)
                .forEach((cell, share) -> kept.addAll(draw(clusters.getOrDefault(cell, Map.of()), share, seed)));
        List<BenchmarkItem> chosen = all.values().stream()
                .filter(items -> kept.contains(items.getFirst().cluster()))
                .flatMap(List::stream)
                .toList();
        return set.of(chosen, "a sample of " + sureness(chosen, set) + ", in each category its share");
    }

    /** Clusters in the order that the seed gives them, until they hold as many units as are wanted. */
    private static Set<String> draw(Map<String, Integer> clusters, int units, long seed) {
        Set<String> drawn = new HashSet<>();
        int held = 0;
        Seed order = Seed.of(seed, "sample");
        List<String> inOrder = clusters.keySet().stream()
                .sorted(Comparator.comparing(
                                (String cluster) -> order.and(cluster).uniform(0))
                        .thenComparing(cluster -> cluster))
                .toList();
        for (String cluster : inOrder) {
            if (held < units) {
                drawn.add(cluster);
                held += clusters.getOrDefault(cluster, 0);
            }
        }
        return drawn;
    }

    private static String sureness(List<BenchmarkItem> chosen, QuestionSet all) {
        return Strata.sureness(
                distinct(chosen, BenchmarkItem::unit),
                distinct(all.items(), BenchmarkItem::unit),
                distinct(chosen, BenchmarkItem::cluster),
                distinct(all.items(), BenchmarkItem::cluster));
    }

    private static int distinct(List<BenchmarkItem> items, Function<BenchmarkItem, String> name) {
        return (int) items.stream().map(name).distinct().count();
    }

    private static Map<String, List<BenchmarkItem>> units(QuestionSet set) {
        Map<String, List<BenchmarkItem>> units = new LinkedHashMap<>();
        set.items()
                .forEach(item -> units.computeIfAbsent(item.unit(), _ -> new ArrayList<>())
                        .add(item));
        return units;
    }
}
