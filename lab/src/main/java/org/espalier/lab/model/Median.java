package org.espalier.lab.model;

import java.util.Collection;
import java.util.function.ToDoubleFunction;

/** The middle of several measurements. */
public final class Median {
    private Median() {}

    /** Of one figure of each; of an even number of them the mean of the two in the middle. */
    public static <T> double of(Collection<T> all, ToDoubleFunction<T> figure) {
        double[] sorted = all.stream().mapToDouble(figure).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
