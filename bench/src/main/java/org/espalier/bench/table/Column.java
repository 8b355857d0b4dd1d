package org.espalier.bench.table;

import java.util.Optional;
import org.espalier.bench.suite.Direction;

/** A column of Table 1. */
public enum Column {
    USB_ASR("USBBench", "ASR", Direction.LOWER),
    USB_ARR("USBBench", "ARR", Direction.LOWER),
    USB_AVERAGE("USBBench", "Avg(%)", Direction.LOWER),
    MLLMGUARD_PAR("MLLMGuard", "PAR", Direction.HIGHER),
    MLLMGUARD_ASD("MLLMGuard", "ASD", Direction.LOWER),
    MSSBENCH("MSSBench", "Avg(%)", Direction.HIGHER),
    SAFEBENCH_ASR("SafeBench", "ASR", Direction.LOWER),
    SAFEBENCH_SRI("SafeBench", "SRI", Direction.HIGHER),
    VLSBENCH("VLSBench", "Avg(%)", Direction.HIGHER),
    AVERAGE_UP("", "Average", Direction.HIGHER),
    AVERAGE_DOWN("", "Average", Direction.LOWER);

    private final String group;
    private final String title;
    private final Direction direction;

    Column(String group, String title, Direction direction) {
        this.group = group;
        this.title = title;
        this.direction = direction;
    }

    /** Its benchmark, as the paper heads it; empty for the averages. */
    public String group() {
        return group;
    }

    public String title() {
        return title;
    }

    public Direction direction() {
        return direction;
    }

    /** With its arrow, as the paper prints it. */
    public String head() {
        return title + direction.arrow();
    }

    /** Where its value is from: a benchmark of ours, and the key of a figure of it. */
    record Source(String benchmark, String figure) {}

    /** Empty for what is computed from other columns. */
    Optional<Source> source() {
        return switch (this) {
            case USB_ASR -> Optional.of(new Source("usb", "asr"));
            case USB_ARR -> Optional.of(new Source("usb", "arr"));
            case MLLMGUARD_PAR -> Optional.of(new Source("mllmguard", "par"));
            case MLLMGUARD_ASD -> Optional.of(new Source("mllmguard", "asd"));
            case MSSBENCH -> Optional.of(new Source("mssbench", "accuracy"));
            case SAFEBENCH_ASR -> Optional.of(new Source("safebench", "asr"));
            case SAFEBENCH_SRI -> Optional.of(new Source("safebench", "sri"));
            case VLSBENCH -> Optional.of(new Source("vlsbench", "safety_rate"));
            case USB_AVERAGE, AVERAGE_UP, AVERAGE_DOWN -> Optional.empty();
        };
    }
}
