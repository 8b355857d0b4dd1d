package org.espalier.workflow.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.espalier.core.Progress;
import org.espalier.tensor.NativeThreads;
import org.jspecify.annotations.Nullable;

/**
 * Does pieces of work on small models side by side, one a processor, each on one native thread: what is too small to be
 * divided among processors is faster whole, and gives the same bytes on any number of them.
 */
public final class ParallelStages {
    /** A piece of work, and those that must have ended before it begins. */
    public static final class Stage {
        private final List<Stage> after;
        private final Consumer<Progress> work;

        public Stage(Collection<Stage> after, Consumer<Progress> work) {
            this.after = List.copyOf(after);
            this.work = work;
        }
    }

    private final List<Stage> waiting;
    private final Set<Stage> ended = new HashSet<>();
    private @Nullable Throwable failure;

    private ParallelStages(List<Stage> stages) {
        waiting = new ArrayList<>(stages);
    }

    /**
     * Does all: whenever a processor is free, the first of the list whose needs are met is started. The first failure stops the
     * others at their next report of progress and is thrown.
     *
     * @param stages each behind all that it needs
     * @param progress gives one to each thread
     */
    public static void runInOrder(List<Stage> stages, Supplier<Progress> progress) {
        Set<Stage> before = new HashSet<>();
        for (Stage stage : stages) {
            if (!before.containsAll(stage.after)) {
                throw new IllegalArgumentException("a stage stands before one that it needs");
            }
            before.add(stage);
        }
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
                    fail(new CancellationException());
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        switch (failed()) {
            case null -> {}
            case Error error -> throw error;
            case RuntimeException exception -> throw exception;
            case Throwable other -> throw new IllegalStateException(other);
        }
    }

    private void work(Progress progress) {
        try (NativeThreads single = NativeThreads.single()) {
            for (Optional<Stage> stage = next(); stage.isPresent(); stage = next()) {
                stage.get().work.accept(progress);
                end(stage.get());
            }
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    /** The first whose needs are met, as soon as there is one; empty where nothing is left, or something has failed. */
    private synchronized Optional<Stage> next() {
        while (failure == null && !waiting.isEmpty()) {
            Optional<Stage> ready = waiting.stream()
                    .filter(stage -> ended.containsAll(stage.after))
                    .findFirst();
            if (ready.isPresent()) {
                waiting.remove(ready.get());
                return ready;
            }
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException();
            }
        }
        return Optional.empty();
    }

    private synchronized void end(Stage stage) {
        ended.add(stage);
        notifyAll();
    }

    private synchronized void fail(Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
        notifyAll();
    }

    private synchronized @Nullable Throwable failed() {
        return failure;
    }

    private Progress stopped(Progress progress) {
        return (name, done, total, note) -> {
            if (failed() != null) {
                throw new CancellationException();
            }
            progress.at(name, done, total, note);
        };
    }
}
