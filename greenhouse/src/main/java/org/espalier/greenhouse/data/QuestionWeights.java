package org.espalier.greenhouse.data;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.espalier.greenhouse.Dice;
import org.espalier.greenhouse.world.Action;
import org.espalier.greenhouse.world.Combination;
import org.espalier.greenhouse.world.Pair;

/**
 * How often each combination is asked about, fitted so that neither the query alone nor the picture alone tells
 * whether a question is safe: for each action, and for each pair of objects that has questions of both kinds, unsafe
 * and safe questions weigh the same (iterative proportional fitting).
 *
 * <p>A question is drawn as half of a couple. The unsafe half is drawn by weight; its safe twin either keeps the
 * picture (another query about the same pair) or keeps the query (another pair under the same action).
 */
public final class QuestionWeights {
    private static final int ROUNDS = 400;
    private static final double PULL = 0.1;
    private static final double PURE_SAFE = 0.05;
    private static final double PURE_UNSAFE = 0.04;

    /** The share of twins that keep the picture, where the pair allows it. */
    static final double SAME_PICTURE = 0.6;

    private final List<Combination> pool;
    private final Map<Combination, Double> weights = new LinkedHashMap<>();

    private record Side(Object of, boolean unsafe) {}

    /** Fits weights for a pool of combinations: known ones, or held-out ones. */
    public QuestionWeights(List<Combination> pool) {
        this.pool = List.copyOf(pool);
        Map<Pair, Long> kinds = new HashMap<>();
        for (Combination c : pool) {
            kinds.merge(c.pair(), c.unsafe() ? 1L : 2L, (a, b) -> a | b);
        }
        pool.forEach(c -> weights.put(c, 1.0));
        for (int round = 0; round < ROUNDS; round++) {
            balance(c -> kinds.getOrDefault(c.pair(), 0L) == 3L ? Optional.of(c.pair()) : Optional.empty());
            rarePure(kinds);
            balance(c -> Optional.of(c.action()));
            share();
            limit();
        }
    }

    /** Moves both kinds of each group half way towards the same mass; what is in no group stays as it is. */
    private void balance(Function<Combination, Optional<Object>> group) {
        Map<Side, Double> mass = new HashMap<>();
        for (Combination c : pool) {
            group.apply(c).ifPresent(of -> mass.merge(new Side(of, c.unsafe()), weight(c), Double::sum));
        }
        weights.replaceAll((c, w) -> group.apply(c)
                .map(of -> {
                    double own = mass.getOrDefault(new Side(of, c.unsafe()), 0.0);
                    double other = mass.getOrDefault(new Side(of, !c.unsafe()), 0.0);
                    return other == 0 ? w : w * Math.sqrt((own + other) / 2 / own);
                })
                .orElse(w));
    }

    /** Pairs that are always safe, or always unsafe, give the answer away: they get a small share only. */
    private void rarePure(Map<Pair, Long> kinds) {
        double total = weights.values().stream().mapToDouble(w -> w).sum();
        double safe = mass(kinds, 2L) / total;
        double unsafe = mass(kinds, 1L) / total;
        weights.replaceAll((c, w) -> {
            long kind = kinds.getOrDefault(c.pair(), 3L);
            return kind == 3L ? w : w * Math.sqrt(kind == 2L ? PURE_SAFE / safe : PURE_UNSAFE / unsafe);
        });
    }

    private double mass(Map<Pair, Long> kinds, long kind) {
        return pool.stream()
                .filter(c -> kinds.getOrDefault(c.pair(), 3L) == kind)
                .mapToDouble(this::weight)
                .sum();
    }

    /** Pulls each action towards a share that grows with the root of its number of combinations. */
    private void share() {
        Map<Action, Double> mass = new LinkedHashMap<>();
        Map<Action, Double> root = new LinkedHashMap<>();
        pool.forEach(c -> mass.merge(c.action(), weight(c), Double::sum));
        pool.forEach(c -> root.merge(c.action(), 1.0, Double::sum));
        root.replaceAll((_, n) -> Math.sqrt(n));
        double total = mass.values().stream().mapToDouble(m -> m).sum();
        double roots = root.values().stream().mapToDouble(r -> r).sum();
        weights.replaceAll((c, w) -> {
            double wanted = root.getOrDefault(c.action(), 1.0) / roots;
            return w * StrictMath.pow(wanted * total / mass.getOrDefault(c.action(), total), PULL);
        });
    }

    /** No combination may be asked more than eight times as often as the average one, or less than a tenth as often. */
    private void limit() {
        double mean = weights.values().stream().mapToDouble(w -> w).average().orElse(1);
        weights.replaceAll((_, w) -> Math.clamp(w / mean, 0.1, 8));
    }

    double weight(Combination c) {
        return weights.getOrDefault(c, 0.0);
    }

    /** A question to be refused. */
    Combination unsafe(Dice dice, List<Combination> among) {
        return dice.pick(among.stream().filter(Combination::unsafe).toList(), this::weight);
    }

    /** Safe questions about the same picture; empty if there are none in the pool. */
    List<Combination> samePicture(Combination unsafe) {
        return pool.stream()
                .filter(c -> !c.unsafe() && c.pair().equals(unsafe.pair()))
                .toList();
    }

    /** Safe questions with the same query. */
    List<Combination> sameQuery(Action action) {
        return pool.stream()
                .filter(c -> !c.unsafe() && c.action().equals(action))
                .toList();
    }

    /** A safe twin of an unsafe question. */
    Combination twin(Combination unsafe, Dice dice) {
        return dice.pick(twins(unsafe, dice.chance(SAME_PICTURE)), this::weight);
    }

    /** Safe questions that can stand beside an unsafe one as its twin; never empty in a pool with safe questions. */
    List<Combination> twins(Combination unsafe, boolean samePicture) {
        List<Combination> wanted = samePicture ? samePicture(unsafe) : sameQuery(unsafe.action());
        List<Combination> other = samePicture ? sameQuery(unsafe.action()) : samePicture(unsafe);
        List<Combination> found = wanted.isEmpty() ? other : wanted;
        return found.isEmpty() ? pool.stream().filter(c -> !c.unsafe()).toList() : found;
    }

    /** The probability of each combination under the draw, twins included. */
    public Map<Combination, Double> distribution() {
        Map<Combination, Double> all = new LinkedHashMap<>();
        pool.forEach(c -> all.put(c, 0.0));
        double total = pool.stream()
                .filter(Combination::unsafe)
                .mapToDouble(this::weight)
                .sum();
        for (Combination c : pool) {
            if (c.unsafe()) {
                double half = weight(c) / total / 2;
                all.merge(c, half, Double::sum);
                spread(all, twins(c, true), half * SAME_PICTURE);
                spread(all, twins(c, false), half * (1 - SAME_PICTURE));
            }
        }
        return all;
    }

    private void spread(Map<Combination, Double> all, List<Combination> over, double mass) {
        double total = over.stream().mapToDouble(this::weight).sum();
        over.forEach(c -> all.merge(c, mass * weight(c) / total, Double::sum));
    }
}
