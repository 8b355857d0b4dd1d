package org.espalier.core.cost;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * What some work takes; a part that it does not take, or of which nothing is known, is zero.
 *
 * @param calls of an endpoint, or draws from a model in this process
 * @param input tokens that are read
 * @param output tokens that are written
 * @param money at the prices of the endpoints file
 * @param memory bytes of this process at most, weights included
 */
public record Cost(long calls, long input, long output, BigDecimal money, long memory, Duration time) {
    public static final Cost NONE = new Cost(0, 0, 0, BigDecimal.ZERO, 0, Duration.ZERO);

    /** Both, one after the other. */
    public Cost plus(Cost other) {
        return new Cost(
                calls + other.calls,
                input + other.input,
                output + other.output,
                money.add(other.money),
                Math.max(memory, other.memory),
                time.plus(other.time));
    }

    /** The same in another time, as of parts that are done side by side. */
    public Cost within(Duration other) {
        return new Cost(calls, input, output, money, memory, other);
    }

    /** Read and written. */
    public long tokens() {
        return input + output;
    }
}
