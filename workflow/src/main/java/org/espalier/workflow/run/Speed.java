package org.espalier.workflow.run;

import java.util.OptionalLong;

/**
 * How fast one device computes a model, for forecasts, which hold within a factor of three or so.
 *
 * @param operations multiplications and additions a second
 * @param layerSeconds what a layer costs for each token of a batch beside its arithmetic
 * @param weightBytes a second at which weights are read for each token of a batch
 * @param room bytes of the device; empty for this machine's
 */
public record Speed(double operations, double layerSeconds, double weightBytes, OptionalLong room) {
    /** A processor of two cores, which waits for its arithmetic rather than for its memory. */
    public static final Speed TWO_CORES = new Speed(30e9, 0.0003, Double.POSITIVE_INFINITY, OptionalLong.empty());
}
