package org.espalier.greenhouse.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Logistic regression on features that are there or not: a guesser who has to learn from examples. */
final class LinearProbe {
    private static final int PASSES = 30;
    private static final double RATE = 0.1;
    private static final double DECAY = 1e-4;

    private final Map<String, Double> weights = new HashMap<>();

    /** What a guesser may look at, and what is true. */
    public record Example(Set<String> features, boolean unsafe) {}

    /** Learns from examples by stochastic gradient descent, in their order. */
    public LinearProbe(List<Example> examples) {
        for (int pass = 0; pass < PASSES; pass++) {
            double rate = RATE / (1 + pass);
            for (Example example : examples) {
                double error = (example.unsafe() ? 1 : 0) - probability(example);
                for (String feature : example.features()) {
                    weights.merge(feature, rate * error, (old, step) -> old * (1 - DECAY) + step);
                }
            }
        }
    }

    private double probability(Example example) {
        double sum = 0;
        for (String feature : example.features()) {
            sum += weights.getOrDefault(feature, 0.0);
        }
        return 1 / (1 + Math.exp(-sum));
    }

    /** The share of examples it guesses right. */
    public double accuracy(List<Example> examples) {
        long right = examples.stream()
                .filter(e -> (probability(e) > 0.5) == e.unsafe())
                .count();
        return (double) right / examples.size();
    }
}
