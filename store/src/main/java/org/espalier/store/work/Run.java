package org.espalier.store.work;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What both kinds of run share: one task and its failure, the watcher, and the end. */
final class Run {
    /** Ids that are looked up in the store together. */
    static final int PORTION = 500;

    private static final long WATCH_NANOS = 1_000_000_000;

    private final Tasks tasks;
    private final RunnerSettings settings;
    private final Runnable watcher;
    private final StopSignal stop = new StopSignal();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private long watched = System.nanoTime();

    Run(Tasks tasks, RunnerSettings settings, Runnable watcher) {
        this.tasks = tasks;
        this.settings = settings;
        this.watcher = watcher;
    }

    static ExecutorService threads() {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("task-", 0).factory());
    }

    /** All tasks, some at a time. */
    Iterator<List<String>> portions() {
        List<String> ids = tasks.ids();
        List<List<String>> portions = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += PORTION) {
            portions.add(ids.subList(from, Math.min(from + PORTION, ids.size())));
        }
        return portions.iterator();
    }

    List<String> unfinished(List<String> ids) {
        return tasks.unfinished(ids);
    }

    int size() {
        return tasks.ids().size();
    }

    /** Whether the task was finished; what it throws ends the run. */
    boolean perform(String id) {
        try {
            stop.check();
            tasks.run(id, stop);
            return true;
        } catch (InterruptedException | CancellationException e) {
            return false;
        } catch (RuntimeException | Error e) {
            // An interrupt closes the connection that a virtual thread waits at: the failure of the database is no
            // failure then.
            if (e instanceof RuntimeException && Thread.currentThread().isInterrupted()) {
                return false;
            }
            failure.compareAndSet(null, e);
            stop.raise();
            return false;
        }
    }

    /**
     * Whether to continue, after a pause that the end of the run cuts short; calls the watcher when it is time.
     *
     * @throws InterruptedException if this thread was interrupted
     */
    boolean continues(Duration pause) throws InterruptedException {
        if (System.nanoTime() - watched > WATCH_NANOS) {
            watcher.run();
            watched = System.nanoTime();
        }
        return !stop.await(pause);
    }

    /** Waits, unless the run ends or this thread is interrupted meanwhile. */
    void pause(Duration pause) {
        try {
            stop.await(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** No task begins another call. */
    void stop() {
        stop.raise();
    }

    /** Waits until all tasks have ended, and interrupts them after the grace, again and again. */
    void awaitEnd(ExecutorService threads) {
        boolean interrupted = Thread.interrupted(); // what is left to do takes its time all the same
        threads.shutdown();
        long wait = settings.grace().toMillis();
        while (true) {
            try {
                if (threads.awaitTermination(wait, TimeUnit.MILLISECONDS)) {
                    break;
                }
                threads.shutdownNow();
                wait = settings.poll().toMillis();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Throws what ended the run; else calls the watcher for the last time. */
    void finish() {
        switch (failure.get()) {
            case null -> watcher.run();
            case Error error -> throw error;
            case RuntimeException exception -> throw exception;
            case Throwable other -> throw new IllegalStateException(other);
        }
    }
}
