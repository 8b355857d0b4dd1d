package org.espalier.serve;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Wakes callers' threads once a step. To wake one costs the thread that computes as much as to wake a thread that wakes all
 * of them, and the batch waits for it.
 */
final class Waker implements Runnable, AutoCloseable {
    private final LinkedBlockingQueue<List<Hearing>> steps = new LinkedBlockingQueue<>();
    private final Thread thread = Thread.ofVirtual().name("waker").start(this::wake);
    /** Used by the thread that computes alone. */
    private final Set<Hearing> told = new LinkedHashSet<>();

    /** Something was said to this one; called on the thread that computes. */
    void told(Hearing hearing) {
        told.add(hearing);
    }

    /** The step is over; called on the thread that computes. */
    @Override
    public void run() {
        if (!told.isEmpty()) {
            steps.add(List.copyOf(told));
            told.clear();
        }
    }

    private void wake() {
        try {
            while (true) {
                steps.take().forEach(Hearing::wake);
            }
        } catch (InterruptedException e) {
            // Closed: whoever still waits is woken by the failure of what it waits for.
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
