package org.espalier.store.work;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells all tasks of a run that it is to stop. Thread-safe. */
public final class StopSignal {
    private final CountDownLatch raised = new CountDownLatch(1);

    /** From now on {@link #check} and {@link #pause} end their tasks. */
    public void raise() {
        raised.countDown();
    }

    /** Waits until the run is to stop, but no longer than this. @return whether it is to stop */
    boolean await(Duration longest) throws InterruptedException {
        return raised.await(longest.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** @throws InterruptedException if the run is to stop */
    public void check() throws InterruptedException {
        pause(Duration.ZERO);
    }

    /**
     * Waits.
     *
     * @throws InterruptedException as soon as the run is to stop
     */
    public void pause(Duration duration) throws InterruptedException {
        if (await(duration)) {
            throw new InterruptedException("the run is to stop");
        }
    }
}
