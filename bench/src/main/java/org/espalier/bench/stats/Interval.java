package org.espalier.bench.stats;

/** A closed interval on the line; both ends belong to it. */
public record Interval(double low, double high) {
    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("an interval from " + low + " to " + high + " runs backwards");
        }
    }

    public boolean contains(double value) {
        return low <= value && value <= high;
    }

    /** Whether the two share a point; touching ends count, so that a doubt is never decided in anybody's favour. */
    public boolean overlaps(Interval other) {
        return low <= other.high && other.low <= high;
    }
}
