package org.espalier.workflow.reproduce;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.espalier.workflow.run.Speed;

/**
 * What an experiment would be run on.
 *
 * @param basis where its speed is from, in a sentence
 * @param devices that work side by side
 * @param hour money for a device and an hour; 0 where nobody said
 */
public record Machine(String name, Speed speed, String basis, int devices, BigDecimal hour) {
    private static final long GPU_BYTES = 80_000_000_000L;
    /** What a layer costs where each of its operations is started one by one. */
    private static final double GPU_LAYER_SECONDS = 0.0003;

    /** The paper's. */
    public static final Machine A100 = new Machine(
            "a100",
            new Speed(125e12, GPU_LAYER_SECONDS, 1.4e12, OptionalLong.of(GPU_BYTES)),
            "40 % of an A100's 312 TFLOP/s in bfloat16 and 70 % of its 2.0 TB/s: assumed, not measured",
            8,
            BigDecimal.ZERO);

    public static final Machine H100 = new Machine(
            "h100",
            new Speed(390e12, GPU_LAYER_SECONDS, 2.6e12, OptionalLong.of(GPU_BYTES)),
            "half of the 780 TFLOP/s that an H100 was seen to reach in products, and 2.6 TB/s: training and decoding"
                    + " as a whole not measured",
            8,
            BigDecimal.ZERO);

    public static final Machine HERE = new Machine(
            "here", Speed.TWO_CORES, "a processor of two cores, within a factor of three", 1, BigDecimal.ZERO);

    public static final List<Machine> ALL = List.of(A100, H100, HERE);

    /** The same with another number of devices, each at another price. */
    public Machine of(int count, BigDecimal price) {
        return new Machine(name, speed, basis, count, price);
    }

    /** By the clock, if the work divides among all devices. */
    public Duration clock(Duration onOne) {
        return onOne.dividedBy(devices);
    }

    /** For so much time of one device. */
    public BigDecimal price(Duration onOne) {
        return hour.multiply(BigDecimal.valueOf(onOne.toSeconds() / 3600.0));
    }
}
