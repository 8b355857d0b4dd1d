package org.espalier.workflow.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.espalier.core.Progress;
import org.espalier.tensor.NativeThreads;
import org.jspecify.annotations.Nullable;

/**
 * Does pieces of work on small models side by side, one a processor, each on one native thread: what is too small to be
 * divided among processors is faster whole, and gives the same bytes on any number of them.
 */
final class ParallelStages {
    private final Queue<Consumer<Progress>> waiting;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private ParallelStages(List<Consumer<Progress>> stages) {
        waiting = new ConcurrentLinkedQueue<>(stages);
    }

    /**
     * Does all, started in their order. The first failure stops the others at their next report of progress and is thrown.
     *
     * @param progress gives one to each thread
     */
    static void run(List<Consumer<Progress>> stages, Supplier<Progress> progress) {
        int count = Math.min(stages.size(), Runtime.getRuntime().availableProcessors());
        try (NativeThreads single = NativeThreads.single()) {
            new ParallelStages(stages).run(count, progress);
        }
    }

    private void run(int count, Supplier<Progress> progress) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Progress own = stopped(progress.get());
            threads.add(Thread.ofPlatform().name("stage " + i).start(() -> work(own)));
        }
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                    failure.compareAndSet(null, new CancellationException());
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        switch (failure.get()) {
            case null -> {}
            case Error error -> throw error;
            case RuntimeException exception -> throw exception;
            case Throwable other -> throw new IllegalStateException(other);
        }
    }

    private void work(Progress progress) {
        try (NativeThreads single = NativeThreads.single()) {
            for (Consumer<Progress> stage = waiting.poll();
                    stage != null && failure.get() == null;
                    stage = waiting.poll()) {
                stage.accept(progress);
            }
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        }
    }

    private Progress stopped(Progress progress) {
        return (name, done, total, note) -> {
            if (failure.get() != null) {
                throw new CancellationException();
            }
            progress.at(name, done, total, note);
        };
    }
}
