package org.espalier.bench.suite;

import org.espalier.core.Labelled;

/** Which way a figure is better. */
public enum Direction implements Labelled {
    HIGHER("↑"),
    LOWER("↓");

    private final String arrow;

    Direction(String arrow) {
        this.arrow = arrow;
    }

    public String arrow() {
        return arrow;
    }

    /** Whether the first value is better than the second. */
    public boolean better(double value, double than) {
        return this == HIGHER ? value > than : value < than;
    }
}
