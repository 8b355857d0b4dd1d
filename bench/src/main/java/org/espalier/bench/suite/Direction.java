package org.espalier.bench.suite;

/** Which way a figure is better. */
public enum Direction {
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
