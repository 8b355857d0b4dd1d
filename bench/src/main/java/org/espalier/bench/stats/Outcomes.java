package org.espalier.bench.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Every counted outcome with the cluster that it is of, in the order of the data. A cluster is what is drawn as one when
 * figures are resampled: a question with all its samples, or all questions on one picture. Eight bytes an outcome beside
 * the names of the clusters.
 */
public final class Outcomes {
    /** A cell and an outcome in it. */
    private record Kind(String cell, String outcome) {}

    private final Map<String, Integer> clusters = new HashMap<>();
    private final Map<Kind, Integer> known = new HashMap<>();
    private final List<Kind> kinds = new ArrayList<>();
    private int[] clusterOf = new int[64];
    private int[] kindOf = new int[64];
    private int size;

    public void add(String cluster, String cell, String outcome) {
        if (size == kindOf.length) {
            clusterOf = Arrays.copyOf(clusterOf, 2 * size);
            kindOf = Arrays.copyOf(kindOf, 2 * size);
        }
        clusterOf[size] = clusters.computeIfAbsent(cluster, _ -> clusters.size());
        kindOf[size] = known.computeIfAbsent(new Kind(cell, outcome), kind -> {
            kinds.add(kind);
            return kinds.size() - 1;
        });
        size++;
    }

    /** All of them, or those of some cells, ready to be counted and drawn from. */
    public Sample in(Predicate<String> cells) {
        int[] sampleKind = new int[kinds.size()];
        List<Kind> some = new ArrayList<>();
        for (int kind = 0; kind < sampleKind.length; kind++) {
            boolean held = cells.test(kinds.get(kind).cell());
            sampleKind[kind] = held ? some.size() : -1;
            if (held) {
                some.add(kinds.get(kind));
            }
        }
        // Clusters are numbered anew in the order in which their first outcome stands.
        int[] place = new int[clusters.size()];
        Arrays.fill(place, -1);
        int[] starts = new int[clusters.size() + 1];
        int found = 0;
        for (int i = 0; i < size; i++) {
            if (sampleKind[kindOf[i]] >= 0) {
                int cluster = clusterOf[i];
                place[cluster] = place[cluster] < 0 ? found++ : place[cluster];
                starts[place[cluster] + 1]++;
            }
        }
        for (int i = 0; i < found; i++) {
            starts[i + 1] += starts[i];
        }
        int[] sorted = new int[starts[found]];
        int[] next = Arrays.copyOf(starts, found);
        for (int i = 0; i < size; i++) {
            if (sampleKind[kindOf[i]] >= 0) {
                sorted[next[place[clusterOf[i]]]++] = sampleKind[kindOf[i]];
            }
        }
        return new Sample(some, sorted, Arrays.copyOf(starts, found + 1));
    }

    public Sample all() {
        return in(_ -> true);
    }

    /** Outcomes by cluster: those of cluster {@code c} stand from {@code starts[c]} to {@code starts[c + 1]}. */
    public static final class Sample {
        private final List<Kind> kinds;
        private final int[] outcomes;
        private final int[] starts;
        /** By cell; made where it is asked for. */
        private final Map<String, Set<Integer>> clustersOf = new HashMap<>();

        private Sample(List<Kind> kinds, int[] outcomes, int[] starts) {
            this.kinds = kinds;
            this.outcomes = outcomes;
            this.starts = starts;
        }

        public int clusters() {
            return starts.length - 1;
        }

        /** Clusters that have an outcome in cells which pass. */
        int clusters(Predicate<String> cells) {
            int held = 0;
            for (int cluster = 0; cluster < clusters(); cluster++) {
                boolean any = false;
                for (int i = starts[cluster]; i < starts[cluster + 1]; i++) {
                    any |= cells.test(kinds.get(outcomes[i]).cell());
                }
                held += any ? 1 : 0;
            }
            return held;
        }

        /** Clusters that have an outcome in some of the cells. */
        int clusters(Collection<String> cells) {
            if (clustersOf.isEmpty()) {
                for (int cluster = 0; cluster < clusters(); cluster++) {
                    for (int i = starts[cluster]; i < starts[cluster + 1]; i++) {
                        clustersOf
                                .computeIfAbsent(kinds.get(outcomes[i]).cell(), _ -> new LinkedHashSet<>())
                                .add(cluster);
                    }
                }
            }
            if (cells.size() == 1) {
                return clustersOf
                        .getOrDefault(cells.iterator().next(), Set.of())
                        .size();
            }
            BitSet held = new BitSet();
            cells.forEach(cell -> clustersOf.getOrDefault(cell, Set.of()).forEach(held::set));
            return held.cardinality();
        }

        public OutcomeTally tally() {
            OutcomeTally tally = new OutcomeTally();
            for (int outcome : outcomes) {
                tally.add(kinds.get(outcome).cell(), kinds.get(outcome).outcome());
            }
            return tally;
        }

        /**
         * Resamples: each draws as many clusters as there are, with replacement, and takes all their outcomes.
         *
         * @return counts the next resample into one and the same tally
         */
        Supplier<OutcomeTally> resampling(SplittableRandom random) {
            OutcomeTally tally = new OutcomeTally();
            OutcomeTally.Counter[] counters = kinds.stream()
                    .map(kind -> tally.counter(kind.cell(), kind.outcome()))
                    .toArray(OutcomeTally.Counter[]::new);
            int clusters = clusters();
            return () -> {
                for (OutcomeTally.Counter counter : counters) {
                    counter.times = 0;
                }
                for (int draw = 0; draw < clusters; draw++) {
                    int drawn = random.nextInt(clusters);
                    for (int i = starts[drawn]; i < starts[drawn + 1]; i++) {
                        counters[outcomes[i]].times++;
                    }
                }
                return tally;
            };
        }
    }
}
