package org.espalier.lab.scale;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.espalier.store.Journal;
import org.espalier.store.JournalEntry;
import org.espalier.store.Store;

/**
 * Answers a second that a journal takes, each on the disk before the next of its caller.
 *
 * @param answers in all
 * @param callers at once
 */
public record JournalRate(int answers, int callers) {
    /** A request whose picture is a hash, and an answer of five steps with what comes around it. */
    private static final int REQUEST = 3000;

    private static final int RESPONSE = 2000;

    /** Answers a second of a store; its journal gets as many entries as there are answers. */
    public double of(Store store) throws InterruptedException {
        Journal journal = store.journal();
        ExecutorService working = Executors.newVirtualThreadPerTaskExecutor();
        try {
            long start = System.nanoTime();
            List<Future<?>> all = new ArrayList<>();
            for (int caller = 0; caller < callers; caller++) {
                int own = caller;
                all.add(working.submit(() -> {
                    for (int i = own; i < answers; i += callers) {
                        journal.record(entry(i));
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
            return answers / ((System.nanoTime() - start) / 1e9);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            working.shutdownNow();
        }
    }

    private static JournalEntry entry(int number) {
        // Of nothing that a database could make smaller.
        SplittableRandom random = new SplittableRandom(number);
        byte[] request = new byte[REQUEST];
        byte[] response = new byte[RESPONSE];
        random.nextBytes(request);
        random.nextBytes(response);
        return new JournalEntry(
                Journal.key("scale", "model", request, number),
                "scale",
                "model",
                200,
                request,
                response,
                800,
                200,
                BigDecimal.ZERO,
                Instant.EPOCH);
    }
}
