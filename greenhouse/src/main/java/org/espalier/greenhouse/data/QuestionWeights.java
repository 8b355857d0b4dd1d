package org.espalier.greenhouse.data;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.espalier.greenhouse.Dice;
import org.espalier.greenhouse.world.Action;
import org.espalier.greenhouse.world.Combination;

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

    /** Fits weights for a pool of combinations: known ones, or held-out ones. */
    public QuestionWeights(List<Combination> pool) {
        this.pool = List.copyOf(pool);
        double[] fitted = new Fit(this.pool).weights();
        for (int i = 0; i < fitted.length; i++) {
            weights.put(this.pool.get(i), fitted[i]);
        }
    }

    /** The fitting, over the numbers of combinations in their pool and of groups in their order of appearance. */
    private static final class Fit {
        private final boolean[] unsafe;
        private final int[] action;
        /** The pair of a combination, if it has questions of both kinds; else {@link #PURELY_UNSAFE} or {@link #PURELY_SAFE}. */
        private final int[] pair;

        private final double[] weight;

        private static final int PURELY_UNSAFE = -1;
        private static final int PURELY_SAFE = -2;

        Fit(List<Combination> pool) {
            unsafe = new boolean[pool.size()];
            action = numbered(pool, Combination::action);
            pair = numbered(pool, Combination::pair);
            weight = new double[pool.size()];
            Arrays.fill(weight, 1);
            int[] kinds = new int[pool.size()];
            for (int i = 0; i < unsafe.length; i++) {
                unsafe[i] = pool.get(i).unsafe();
                kinds[pair[i]] |= unsafe[i] ? 1 : 2;
            }
            Arrays.setAll(pair, i -> kinds[pair[i]] == 3 ? pair[i] : -kinds[pair[i]]);
        }

        private static int[] numbered(List<Combination> pool, Function<Combination, Object> group) {
            Map<Object, Integer> numbers = new HashMap<>();
            return pool.stream()
                    .mapToInt(c -> numbers.computeIfAbsent(group.apply(c), _ -> numbers.size()))
                    .toArray();
        }

        double[] weights() {
            for (int round = 0; round < ROUNDS; round++) {
                balance(pair);
                rarePure();
                balance(action);
                share();
                limit();
            }
            return weight;
        }

        /** Moves both kinds of each group half way towards the same mass; what is in no group stays as it is. */
        private void balance(int[] group) {
            double[] safeMass = new double[weight.length];
            double[] unsafeMass = new double[weight.length];
            for (int i = 0; i < weight.length; i++) {
                if (group[i] >= 0) {
                    (unsafe[i] ? unsafeMass : safeMass)[group[i]] += weight[i];
                }
            }
            for (int i = 0; i < weight.length; i++) {
                double own = group[i] < 0 ? 0 : (unsafe[i] ? unsafeMass : safeMass)[group[i]];
                double other = group[i] < 0 ? 0 : (unsafe[i] ? safeMass : unsafeMass)[group[i]];
                weight[i] = other == 0 ? weight[i] : weight[i] * Math.sqrt((own + other) / 2 / own);
            }
        }

        /** Pairs that are always safe, or always unsafe, give the answer away: they get a small share only. */
        private void rarePure() {
            double total = DoubleStream.of(weight).sum();
            double safe = Math.sqrt(PURE_SAFE / (mass(PURELY_SAFE) / total));
            double dangerous = Math.sqrt(PURE_UNSAFE / (mass(PURELY_UNSAFE) / total));
            for (int i = 0; i < weight.length; i++) {
                weight[i] *= pair[i] == PURELY_SAFE ? safe : pair[i] == PURELY_UNSAFE ? dangerous : 1;
            }
        }

        private double mass(int kind) {
            return IntStream.range(0, weight.length)
                    .filter(i -> pair[i] == kind)
                    .mapToDouble(i -> weight[i])
                    .sum();
        }

        /** Pulls each action towards a share that grows with the root of its number of combinations. */
        private void share() {
            int actions = Arrays.stream(action).max().orElse(-1) + 1;
            double[] mass = new double[actions];
            double[] root = new double[actions];
            for (int i = 0; i < weight.length; i++) {
                mass[action[i]] += weight[i];
                root[action[i]] += 1;
            }
            Arrays.setAll(root, i -> Math.sqrt(root[i]));
            double total = DoubleStream.of(mass).sum();
            double roots = DoubleStream.of(root).sum();
            for (int i = 0; i < weight.length; i++) {
                double wanted = root[action[i]] / roots;
                weight[i] *= StrictMath.pow(wanted * total / mass[action[i]], PULL);
            }
        }

        /** No combination may be asked more than eight times as often as the average one, or less than a tenth as often. */
        private void limit() {
            double mean = DoubleStream.of(weight).average().orElse(1);
            Arrays.setAll(weight, i -> Math.clamp(weight[i] / mean, 0.1, 8));
        }
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
