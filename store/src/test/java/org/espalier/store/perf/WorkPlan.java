package org.espalier.store.perf;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.espalier.core.InputException;

/**
 * What is to be done.
 *
 * @param delay the wait in place of a call
 * @param concurrency calls at once
 */
public record WorkPlan(int items, int stages, Duration delay, int concurrency) {
    public WorkPlan {
        if (items < 1 || stages < 1 || concurrency < 1 || delay.isNegative()) {
            throw new InputException("Items, stages and concurrency are at least 1 and the delay is at least 0.");
        }
    }

    /** Calls in all. */
    public long steps() {
        return (long) items * stages;
    }

    /** Names of the stages in their order. */
    public List<String> stageNames() {
        return IntStream.range(0, stages).mapToObj(i -> "stage-" + i).toList();
    }

    /** Names of the items. */
    public List<String> ids() {
        return IntStream.range(0, items).mapToObj("item-%06d"::formatted).toList();
    }

    /** Seconds it takes if nothing but the calls takes time. */
    public double idealSeconds() {
        return steps() * delay.toMillis() / 1000.0 / concurrency;
    }
}
