package org.espalier.tensor;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Pieces of native work whose products are too small to keep several processors busy, done on one processor each. The number of
 * workers changes nothing but the time. Closing it ends its threads.
 */
public final class SideBySide implements AutoCloseable {
    private final ExecutorService workers;

    /** @param name of the threads, before their number */
    public SideBySide(int workers, String name) {
        this.workers = Executors.newFixedThreadPool(
                workers, Thread.ofPlatform().daemon().name(name + "-", 0).factory());
    }

    /**
     * Does all pieces, whatever becomes of one; native threads are one each until then.
     *
     * @return results in the order of the pieces
     * @throws RuntimeException what the first piece that failed threw
     */
    public <T> List<T> each(int pieces, IntFunction<T> work) {
        return each(pieces, Math.max(1, pieces), work);
    }

    /** The same with so many at once at most, where each takes much memory. */
    public <T> List<T> each(int pieces, int atOnce, IntFunction<T> work) {
        Semaphore places = new Semaphore(atOnce);
        try (NativeThreads single = NativeThreads.single()) {
            List<CompletableFuture<T>> running = IntStream.range(0, pieces)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> one(places, i, work), workers))
                    .toList();
            // Waits for every one, also where one failed or somebody interrupts: what they use is about to be freed.
            CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).join();
            return running.stream().map(CompletableFuture::join).toList();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw e;
            }
        }
    }

    private static <T> T one(Semaphore places, int piece, IntFunction<T> work) {
        places.acquireUninterruptibly();
        try {
            return work.apply(piece);
        } finally {
            places.release();
        }
    }

    @Override
    public void close() {
        workers.close();
    }
}
