package org.espalier.app.work;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.espalier.core.Progress;
import org.espalier.tensor.NativeThreads;
import org.jspecify.annotations.Nullable;

/**
 * Does pieces of work on small models side by side, one a processor, each on one native thread: what is too small to be
 * divided among processors is faster whole, and gives the same bytes on any number of them.
 */
final class Lanes {
    private final Queue<Consumer<Desk>> waiting;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private Lanes(List<Consumer<Desk>> pieces) {
        waiting = new ConcurrentLinkedQueue<>(pieces);
    }

    /** Does all, begun in their order. The first failure stops the others at their next report of progress and is thrown. */
    static void run(List<Consumer<Desk>> pieces, Desk desk) {
        int count = Math.min(pieces.size(), Runtime.getRuntime().availableProcessors());
        try (NativeThreads single = NativeThreads.single()) {
            new Lanes(pieces).run(count, desk);
        }
    }

    private void run(int count, Desk desk) {
        List<Thread> lanes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Desk own = desk.beside(this::heard);
            lanes.add(Thread.ofPlatform().name("lane " + i).start(() -> work(own)));
        }
        boolean interrupted = false;
        for (Thread lane : lanes) {
            while (lane.isAlive()) {
                try {
                    lane.join();
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

    private void work(Desk desk) {
        try (NativeThreads single = NativeThreads.single()) {
            for (Consumer<Desk> piece = waiting.poll();
                    piece != null && failure.get() == null;
                    piece = waiting.poll()) {
                piece.accept(desk);
            }
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        }
    }

    private Progress heard(Progress progress) {
        return (name, done, total, note) -> {
            if (failure.get() != null) {
                throw new CancellationException();
            }
            progress.at(name, done, total, note);
        };
    }
}
