package org.espalier.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Asks many things at once and gives the answers in order; the endpoint itself says how many go out together. */
public final class ParallelCalls {
    private ParallelCalls() {}

    /**
     * All answers, in order; the first failure is thrown as it is.
     *
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     */
    public static <T> List<T> all(List<Callable<T>> asks) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> answers = asks.stream().map(threads::submit).toList();
            try {
                List<T> all = new ArrayList<>();
                for (Future<T> answer : answers) {
                    all.add(answer.get());
                }
                return all;
            } catch (InterruptedException e) {
                threads.shutdownNow();
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted while models were asked");
            } catch (ExecutionException e) {
                threads.shutdownNow();
                switch (e.getCause()) {
                    case RuntimeException cause -> throw cause;
                    case Error cause -> throw cause;
                    case null, default -> throw new IllegalStateException(e.getCause());
                }
            }
        }
    }
}
