package org.espalier.endpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.endpoint.batch.BatchInterface;
import org.espalier.endpoint.batch.BatchLog;
import org.espalier.endpoint.batch.RefusedBatch;
import org.espalier.endpoint.batch.RequestSpool;
import org.espalier.endpoint.batch.UnreadableResults;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.endpoint.wire.EncodedPicture;

/** Puts requests together, and talks with the provider about batches; asks again where a connection breaks. Thread-safe. */
final class BatchDesk implements AutoCloseable {
    /** So long nothing more may have come before a batch is closed. */
    private static final Duration QUIET = Duration.ofMillis(1500);

    private static final Duration FIRST_LOOK = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int QUOTED = 300;
    /** Bytes of a batch's results: so many, and so many more a question, on the average. */
    private static final long LEAST_ROOM = 64L << 20;

    private static final long ROOM = 1L << 20;

    /** The provider does not take a batch, and no other try would help. */
    static final class Declined extends Exception {
        private static final long serialVersionUID = 1;

        private final String reason;

        Declined(String reason) {
            super(reason);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    private final EndpointPlan plan;
    private final BatchInterface batches;
    private final BatchLog log;
    private final FailurePolicy failures;
    private final Path folder;
    private final Progress progress;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private Optional<RequestSpool> collecting = Optional.empty();
    private long last;

    BatchDesk(
            EndpointPlan plan,
            BatchInterface batches,
            BatchLog log,
            FailurePolicy failures,
            Path folder,
            Progress progress) {
        this.plan = plan;
        this.batches = batches;
        this.log = log;
        this.failures = failures;
        this.folder = folder;
        this.progress = progress;
    }

    Path folder() {
        return folder;
    }

    /**
     * Adds a request to the batch that is put together.
     *
     * @param handIn is given the batch, on another thread, once it is full or nothing more has come for a while
     */
    synchronized void put(
            String key, String line, String body, Collection<EncodedPicture> pictures, Consumer<RequestSpool> handIn) {
        long coming = line.length()
                + pictures.stream().mapToLong(it -> it.bytes() * 4 / 3 + 4).sum();
        collecting
                .filter(it -> it.size() >= Math.min(batches.mostRequests(), together())
                        || it.bytes() + coming > batches.mostBytes())
                .ifPresent(full -> close(full, handIn));
        RequestSpool spool = collecting.orElseGet(() -> {
            RequestSpool begun = RequestSpool.begin(UUID.randomUUID().toString(), folder);
            collecting = Optional.of(begun);
            threads.execute(() -> closeWhenQuiet(begun, handIn));
            return begun;
        });
        spool.add(key, line, body, pictures);
        last = System.nanoTime();
    }

    /** As many as are asked for at once. */
    private int together() {
        return 8 * plan.limits().concurrency();
    }

    private void closeWhenQuiet(RequestSpool spool, Consumer<RequestSpool> handIn) {
        try {
            while (true) {
                Thread.sleep(QUIET.dividedBy(5));
                synchronized (this) {
                    if (collecting.filter(it -> it == spool).isEmpty()) {
                        return;
                    }
                    if (System.nanoTime() - last >= QUIET.toNanos()) {
                        close(spool, handIn);
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void close(RequestSpool spool, Consumer<RequestSpool> handIn) {
        spool.seal();
        collecting = Optional.empty();
        threads.execute(() -> handIn.accept(spool));
    }

    /** What is asked of the provider. */
    @FunctionalInterface
    private interface Talk<T> {
        T over() throws IOException;
    }

    /** Again and again while the server is not there or at fault. */
    private <T> T talk(Talk<T> talk) throws InterruptedException, Declined {
        Duration pause = FIRST_LOOK;
        for (int tries = 0; ; tries++) {
            try {
                T said = talk.over();
                failures.succeeded();
                return said;
            } catch (RefusedBatch e) {
                int status = e.answer().status();
                if (status == 404 || status == 405) {
                    throw new InputException("endpoint " + plan.name() + " at " + plan.baseUrl()
                            + " has no such batch, or no interface for batches (HTTP " + status
                            + "): leave 'batch' out to ask it call by call");
                }
                String reason = failures.refused(e.answer());
                if (!FailurePolicy.retryable(status) || tries >= plan.limits().retries()) {
                    throw new Declined(reason);
                }
            } catch (IOException e) {
                failures.unanswered(e, tries);
            }
            Thread.sleep(pause);
            pause = longer(pause);
        }
    }

    private static Duration longer(Duration pause) {
        Duration next = pause.multipliedBy(3).dividedBy(2);
        return next.compareTo(LONGEST) > 0 ? LONGEST : next;
    }

    /** Hands a batch in; written down before and after. */
    String create(RequestSpool spool) throws InterruptedException, Declined {
        log.begun(spool.tag(), spool.size(), talk(batches::newest));
        // A connection that breaks may have brought it there all the same.
        boolean[] tried = {false};
        String id = talk(() -> {
            if (tried[0]) {
                Optional<String> there = find(spool.tag());
                if (there.isPresent()) {
                    return there.get();
                }
            }
            tried[0] = true;
            return batches.create(spool.requests(), spool.tag(), spool.size());
        });
        log.made(spool.tag(), id);
        return id;
    }

    private Optional<String> find(String tag) throws IOException {
        Optional<BatchLog.Open> open =
                log.waiting().stream().filter(it -> it.tag().equals(tag)).findFirst();
        return open.isEmpty() ? Optional.empty() : batches.find(open.get(), log.ids());
    }

    /** The id of a batch that may have been handed in before a process ended. */
    Optional<String> found(BatchLog.Open left) throws InterruptedException {
        return undeclined(() -> batches.find(left, log.ids()));
    }

    /** Waits until a batch has ended; says why it was not taken, if it was not. */
    Optional<String> awaited(String id) throws InterruptedException {
        Duration pause = FIRST_LOOK;
        while (true) {
            BatchInterface.State state = undeclined(() -> batches.look(id));
            progress.at("batch", state.done(), Math.max(state.total(), 1), "of " + plan.name());
            if (state.ended()) {
                return state.failure();
            }
            Thread.sleep(pause);
            pause = longer(pause);
        }
    }

    /**
     * Hands over the results of a batch. What of them stays unreadable, however often the file is fetched, is left out: to ask
     * for it again costs one question, to insist on it the whole batch.
     *
     * @param each may hear of a result more than once
     */
    void results(String id, RequestSpool spool, Consumer<BatchInterface.Result> each) throws InterruptedException {
        BatchInterface.Scratch scratch = new BatchInterface.Scratch(spool.scratch(), LEAST_ROOM + spool.size() * ROOM);
        Duration pause = FIRST_LOOK;
        for (int tries = 0; ; tries++) {
            Optional<UnreadableResults> unreadable = undeclined(() -> {
                try {
                    batches.results(id, scratch, each);
                    return Optional.empty();
                } catch (UnreadableResults e) {
                    return Optional.of(e);
                }
            });
            if (unreadable.isEmpty() || tries >= plan.limits().retries()) {
                unreadable.ifPresent(failures::noted);
                return;
            }
            Thread.sleep(pause);
            pause = longer(pause);
        }
    }

    private <T> T undeclined(Talk<T> talk) throws InterruptedException {
        try {
            return talk(talk);
        } catch (Declined e) {
            throw new InputException(e.reason(), e);
        }
    }

    /** So much of a text as has a place in a sentence. */
    static String cut(String text) {
        return text.length() > QUOTED ? text.substring(0, QUOTED) + "..." : text;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
