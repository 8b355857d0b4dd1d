package org.espalier.app.console;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.espalier.core.Progress;

/**
 * Ctrl-C. Work that reports progress stops at its next report, when what it was writing is on the disk; the process
 * waits for that a few seconds, and ends with 130.
 */
public final class Interruption {
    /** Long enough for a batch of a small model; a torn line of a large one is dropped when the run goes on. */
    private static final Duration GRACE = Duration.ofSeconds(8);

    private final Duration grace;
    private final AtomicBoolean asked = new AtomicBoolean();
    private final AtomicBoolean resting = new AtomicBoolean();
    private final CountDownLatch over = new CountDownLatch(1);

    public Interruption() {
        this(GRACE);
    }

    /** Waits so long for work to stop. */
    Interruption(Duration grace) {
        this.grace = grace;
    }

    /**
     * Hears Ctrl-C, and every other end of the process, from now on.
     *
     * @param late told where the work did not stop in time
     */
    public void watch(Runnable late) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(late), "interruption"));
    }

    void end(Runnable late) {
        if (!stop()) {
            late.run();
        }
    }

    /** Asks the work to stop, and waits until it has. @return whether it has */
    boolean stop() {
        asked.set(true);
        if (resting.get()) {
            return true;
        }
        try {
            return over.await(grace.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The command has come to its end: nobody need wait for it. */
    public void over() {
        over.countDown();
    }

    /** Whether nothing is under way that would have to come to an end, as while a person is waited for. */
    public void resting(boolean now) {
        resting.set(now);
    }

    /** Throws {@link CancellationException} once the work is to stop. */
    public void check() {
        if (asked.get()) {
            throw new CancellationException();
        }
    }

    /** The same progress, which throws {@link CancellationException} into the work once it is to stop. */
    public Progress heard(Progress progress) {
        return (name, done, total, note) -> {
            check();
            progress.at(name, done, total, note);
        };
    }
}
