package org.espalier.bench.stats;

/** A closed interval on the line; both ends belong to it. */
public record Interval(double low, double high) {
    /** From 0 to 100. */
    public static final Interval PERCENT = new Interval(0, 100);

    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("an interval from " + low + " to " + high + " runs backwards");
        }
    }

    /**
     * Wilson's 95 % interval of a share that was seen in so many units: what there is to say where a bootstrap has nothing
     * to vary.
     */
    public static Interval wilson(double share, int units) {
        double z2 = Strata.Z * Strata.Z / units;
        double middle = (share + z2 / 2) / (1 + z2);
        double half = Math.sqrt(z2 * (share * (1 - share) + z2 / 4)) / (1 + z2);
        return new Interval(Math.max(0, Math.min(share, middle - half)), Math.min(1, Math.max(share, middle + half)));
    }

    public boolean contains(double value) {
        return low <= value && value <= high;
    }

    /** Whether the two share a point; touching ends count, so that a doubt is never decided in anybody's favour. */
    public boolean overlaps(Interval other) {
        return low <= other.high && other.low <= high;
    }
}
