package org.espalier.serve;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Wakes callers' threads after the steps in which something was said to them. To wake one costs the thread that computes as
 * much as to wake a thread that wakes all of them, and the batch waits for it. Where steps take less than {@link #PAUSE}, what
 * several of them said goes out together: a write takes as long as a token of a small model. The first word of an answer and its
 * end wait for nothing.
 */
final class Waker implements Runnable, AutoCloseable {
    /** A piece in the middle of a stream waits no longer for others. */
    static final Duration PAUSE = Duration.ofMillis(10);

    private final Queue<Hearing> waiting = new ConcurrentLinkedQueue<>();
    private final Thread thread = Thread.ofVirtual().name("waker").unstarted(this::wake);
    /** Whether the thread looks by itself again, before long. */
    private volatile boolean pausing;

    private volatile boolean closed;

    /** Used by the thread that computes alone. */
    private final Set<Hearing> told = new LinkedHashSet<>();

    private boolean urgent;

    Waker() {
        thread.start();
    }

    /**
     * Something was said to this one; called on the thread that computes.
     *
     * @param atOnce whether it waits for nothing
     */
    void told(Hearing hearing, boolean atOnce) {
        told.add(hearing);
        urgent |= atOnce;
    }

    /** The step is over; called on the thread that computes. */
    @Override
    public void run() {
        if (told.isEmpty()) {
            return;
        }
        waiting.addAll(told);
        told.clear();
        // Looked at after what waits was added: a pause that ends meanwhile finds it.
        if (urgent || !pausing) {
            LockSupport.unpark(thread);
        }
        urgent = false;
    }

    private void wake() {
        while (!closed) {
            pausing = false;
            List<Hearing> now = new ArrayList<>();
            for (Hearing one = waiting.poll(); one != null; one = waiting.poll()) {
                now.add(one);
            }
            if (now.isEmpty()) {
                LockSupport.park();
            } else {
                new LinkedHashSet<>(now).forEach(Hearing::wake);
                pausing = true;
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    /** Whoever still waits is woken by the failure of what it waits for. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
