package org.espalier.endpoint;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.espalier.core.Progress;
import org.espalier.core.Sampling;
import org.espalier.core.SurroundingsException;
import org.espalier.core.Turn;
import org.espalier.endpoint.batch.AnthropicBatches;
import org.espalier.endpoint.batch.BatchInterface;
import org.espalier.endpoint.batch.BatchLog;
import org.espalier.endpoint.batch.OpenAiBatches;
import org.espalier.endpoint.batch.RequestCapture;
import org.espalier.endpoint.batch.RequestSpool;
import org.espalier.endpoint.internal.Connections;
import org.espalier.endpoint.internal.Exchange;
import org.espalier.endpoint.internal.Secret;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.endpoint.wire.Dialect;
import org.espalier.endpoint.wire.Provider;
import org.espalier.endpoint.wire.Usage;
import org.espalier.endpoint.wire.WireRequest;
import org.espalier.store.JournalEntry;
import org.espalier.store.Store;

/**
 * A server that is asked in batches. Asks wait while others come, go out as one file, and are answered when it comes back;
 * every result is in the journal before anybody hears of it. A batch is written down before it is handed in, and looked
 * for by whoever goes on with the run, so that nothing is asked twice.
 */
final class BatchEndpoint implements Endpoint, AutoCloseable {
    /** Results are read without the request that they answer. */
    private static final WireRequest ANY = new WireRequest(
            List.of(new Turn(Turn.Role.USER, List.of(), "?")), Map.of(), Sampling.at(0, 1, 0), Optional.empty());

    private static final int CONNECTIONS = 4;
    /** Results that go to the disk together. */
    private static final int TOGETHER = 128;

    private final EndpointPlan plan;
    private final JournaledAsks asks;
    private final Connections connections;
    private final Dialect dialect;
    private final SpendingLimit spending;
    private final FailurePolicy failures;

    private final BatchInterface batches;
    private final BatchLog log;
    private final BatchDesk desk;

    private final Map<String, CompletableFuture<Outcome>> waiting = new ConcurrentHashMap<>();
    private Optional<RuntimeException> recovery = Optional.empty();
    private boolean recovered;

    /** What came of a request. */
    private sealed interface Outcome {
        /** It is in the journal. */
        record Answered() implements Outcome {}

        /** @param reason in a sentence */
        record Bad(String reason, boolean retryable) implements Outcome {}
    }

    /**
     * @param folder for files of batches that are under way
     * @param progress hears how far they are
     */
    BatchEndpoint(EndpointPlan plan, Store store, Secret key, Path folder, Progress progress) {
        this.plan = plan;
        this.asks = new JournaledAsks(plan, plan.model(), store);
        this.connections = new Connections(
                CONNECTIONS, plan.limits().connectTimeout(), plan.limits().timeout(), key);
        this.dialect = new Dialect(
                plan.provider(), plan.baseUrl(), plan.model(), plan.capabilities(), plan.omit(), plan.extra());
        this.spending = new SpendingLimit(plan, store);
        this.failures = new FailurePolicy(plan, key, System::nanoTime);

        this.batches = plan.provider() == Provider.ANTHROPIC
                ? new AnthropicBatches(plan.baseUrl(), connections)
                : new OpenAiBatches(plan.baseUrl(), connections);
        this.log = BatchLog.open(folder.resolve(plan.name() + "-batches.jsonl"));
        this.desk = new BatchDesk(plan, batches, log, failures, folder, progress);
    }

    @Override
    public EndpointPlan plan() {
        return plan;
    }

    @Override
    public BigDecimal spent() {
        return spending.spent();
    }

    @Override
    public Optional<String> lastFailure() {
        return failures.last();
    }

    /** No limit of requests or tokens a minute applies to it. */
    @Override
    public Duration atLeast(long calls, long tokens) {
        return Duration.ZERO;
    }

    @Override
    public EndpointAnswer ask(EndpointRequest ask) throws InterruptedException {
        recover();
        return asks.answer(ask, (_, known) -> said(known, true), this::call);
    }

    private EndpointAnswer said(JournalEntry known, boolean replayed) {
        Dialect.Reading reading = dialect.ask(ANY, 0, Exchange.replayed(known.response()));
        return new EndpointAnswer.Said(reading, known.cost(), known.key(), replayed);
    }

    private EndpointAnswer call(WireRequest prompt, String entry) throws InterruptedException {
        for (int tries = 0; ; tries++) {
            switch (once(prompt, entry)) {
                case Outcome.Answered _ -> {
                    return said(asks.find(entry).orElseThrow(), false);
                }
                case Outcome.Bad(String reason, boolean retryable) -> {
                    if (!retryable || tries >= plan.limits().retries()) {
                        return new EndpointAnswer.Failed(reason, retryable, Duration.ZERO, asks.kept(entry));
                    }
                }
            }
        }
    }

    private Outcome once(WireRequest prompt, String entry) throws InterruptedException {
        RequestCapture written = written(prompt, entry);
        BigDecimal most =
                spending.hold(price(prompt.estimatedInput(), prompt.sampling().maxTokens()));
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        waiting.put(entry, outcome);
        try {
            desk.put(
                    entry,
                    batches.line(entry, written.path(), written.body()),
                    written.body(),
                    prompt.pictures().values(),
                    this::handIn);
            return outcome.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        } finally {
            waiting.remove(entry);
            spending.giveBack(most);
        }
    }

    /** What the library would send. */
    private RequestCapture written(WireRequest prompt, String entry) {
        RequestCapture capture = new RequestCapture();
        try {
            dialect.ask(prompt, Integer.parseUnsignedInt(entry.substring(0, 8), 16) & Integer.MAX_VALUE, capture);
        } catch (RuntimeException e) {
            if (capture.body().isEmpty()) {
                throw e;
            }
        }
        return capture;
    }

    /** Hands a batch in, waits for it, and tells everybody who waits for a part of it. */
    private void handIn(RequestSpool spool) {
        try {
            String id = desk.create(spool);
            spool.forgetRequests();
            take(spool, id);
        } catch (BatchDesk.Declined e) {
            log.done(spool.tag());
            spool.forget();
            tell(spool, future -> future.completeExceptionally(declined(e.reason())));
        } catch (RuntimeException | Error e) {
            tell(spool, future -> future.completeExceptionally(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Not the fault of any request: to take none for an answer would be to lose them all. */
    private SurroundingsException declined(String why) {
        return new SurroundingsException(
                "Endpoint " + plan.name() + " did not take a batch (" + why
                        + "): lower its 'concurrency' if that is too"
                        + " many at once, or leave 'batch' out, and run the same command to continue; nothing is lost.",
                new IllegalStateException("declined"));
    }

    private void tell(RequestSpool spool, Consumer<CompletableFuture<Outcome>> what) {
        spool.keys().forEach(key -> Optional.ofNullable(waiting.get(key)).ifPresent(what));
    }

    /** Waits for a batch that the provider has, records its results, and tells of them. */
    private void take(RequestSpool spool, String id) throws InterruptedException {
        Optional<String> failure = desk.awaited(id);
        Map<String, Outcome> outcomes = new ConcurrentHashMap<>();
        Set<String> heard = new HashSet<>();
        if (failure.isEmpty()) {
            UnaryOperator<String> bodies = spool.bodies();
            List<Callable<Outcome>> some = new ArrayList<>();
            desk.results(id, spool, result -> {
                // Of a batch that was found again by its size alone, some may be somebody else's; and what a connection
                // broke off, or a process, comes a second time.
                if (spool.holds(result.key()) && heard.add(result.key())) {
                    String request = bodies.apply(result.key());
                    some.add(() -> {
                        Outcome outcome = asks.find(result.key()).isPresent()
                                ? new Outcome.Answered()
                                : recorded(result, request);
                        outcomes.put(result.key(), outcome);
                        return outcome;
                    });
                }
                if (some.size() == TOGETHER) {
                    ParallelCalls.all(some);
                    some.clear();
                }
            });
            ParallelCalls.all(some);
        }
        log.done(spool.tag());
        spool.forget();
        if (failure.isPresent()) {
            throw declined(failure.get());
        }
        Outcome none = new Outcome.Bad(plan.name() + " ended the batch before it came to this", true);
        spool.keys()
                .forEach(key -> Optional.ofNullable(waiting.get(key))
                        .ifPresent(it -> it.complete(outcomes.getOrDefault(key, none))));
    }

    private Outcome recorded(BatchInterface.Result result, String request) {
        byte[] body = result.body().getBytes(StandardCharsets.UTF_8);
        if (result.good()) {
            try {
                Usage usage = dialect.ask(ANY, 0, Exchange.replayed(body)).usage();
                failures.succeeded();
                record(result.key(), result, request, body, usage);
                return new Outcome.Answered();
            } catch (RuntimeException e) {
                record(aside(result), result, request, body, new Usage(0, body.length / 4, 0));
                return new Outcome.Bad(plan.name() + " sent a body that cannot be read", true);
            }
        }
        if (result.status() == 0) {
            return new Outcome.Bad(plan.name() + " ended the batch before it came to this", true);
        }
        if (result.status() != 429) {
            record(aside(result), result, request, body, Usage.NONE);
        }
        return new Outcome.Bad(
                plan.name() + " refused: HTTP " + result.status() + ", " + BatchDesk.cut(result.body()),
                FailurePolicy.retryable(result.status()));
    }

    private static String aside(BatchInterface.Result result) {
        return result.key() + "-" + UUID.randomUUID();
    }

    private void record(String key, BatchInterface.Result result, String request, byte[] body, Usage usage) {
        BigDecimal cost = plan.prices().cost(usage);
        spending.spend(cost);
        asks.record(key, result.status(), request.getBytes(StandardCharsets.UTF_8), body, usage, cost);
    }

    /** Before anything is asked: what an earlier process handed in is waited for. */
    private synchronized void recover() throws InterruptedException {
        recovery.ifPresent(trouble -> {
            throw trouble;
        });
        if (recovered) {
            return;
        }
        try {
            for (BatchLog.Open left : log.waiting()) {
                RequestSpool spool = RequestSpool.left(left.tag(), desk.folder());
                Optional<String> id = left.id().isPresent() ? left.id() : desk.found(left);
                if (id.isPresent()) {
                    if (left.id().isEmpty()) {
                        log.made(left.tag(), id.get());
                    }
                    spool.forgetRequests();
                    take(spool, id.get());
                } else {
                    log.done(left.tag());
                    spool.forget();
                }
            }
            recovered = true;
        } catch (RuntimeException e) {
            recovery = Optional.of(e);
            throw e;
        }
    }

    @Override
    public void close() {
        desk.close();
        connections.close();
        spending.close();
        log.close();
    }
}
