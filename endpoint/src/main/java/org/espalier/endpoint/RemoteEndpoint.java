package org.espalier.endpoint;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import org.espalier.endpoint.internal.Connections;
import org.espalier.endpoint.internal.Exchange;
import org.espalier.endpoint.internal.HttpAnswer;
import org.espalier.endpoint.internal.Secret;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.endpoint.wire.Dialect;
import org.espalier.endpoint.wire.Usage;
import org.espalier.endpoint.wire.WireRequest;
import org.espalier.store.JournalEntry;
import org.espalier.store.Store;

/** A server that is called over HTTP, with everything that keeps calls within limits and answers safe. */
final class RemoteEndpoint implements Endpoint, AutoCloseable {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    /** Longer pauses than this are left to the caller. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    private final EndpointPlan plan;
    private final JournaledAsks asks;
    private final Secret key;
    private final Connections connections;
    private final Dialect dialect;
    private final Semaphore places;
    private final RateLimit requests;
    private final RateLimit tokens;
    private final SpendingLimit spending;
    private final FailurePolicy failures;

    RemoteEndpoint(EndpointPlan plan, Store store, Secret key) {
        this.plan = plan;
        this.asks = new JournaledAsks(plan, plan.model(), store);
        this.key = key;
        this.connections = new Connections(
                plan.limits().concurrency(),
                plan.limits().connectTimeout(),
                plan.limits().timeout(),
                key);
        this.dialect = new Dialect(
                plan.provider(), plan.baseUrl(), plan.model(), plan.capabilities(), plan.omit(), plan.extra());
        this.places = new Semaphore(plan.limits().concurrency(), true); // first come, first served
        this.requests =
                RateLimit.of(store, plan.name() + " requests", plan.limits().requests());
        this.tokens = RateLimit.of(store, plan.name() + " tokens", plan.limits().tokens());
        this.spending = new SpendingLimit(plan, store);
        this.failures = new FailurePolicy(plan, key, System::nanoTime);
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

    @Override
    public EndpointAnswer ask(EndpointRequest ask) throws InterruptedException {
        return asks.answer(ask, this::replayed, this::call);
    }

    private EndpointAnswer replayed(WireRequest prompt, JournalEntry known) {
        try {
            Dialect.Reading reading = dialect.ask(prompt, 0, Exchange.replayed(known.response()));
            return new EndpointAnswer.Said(reading, known.cost(), known.key(), true);
        } catch (RuntimeException e) {
            String reason = "the journal's answer of " + plan.name() + " cannot be read: " + e.getMessage();
            return new EndpointAnswer.Failed(
                    key.redact(reason), false, Duration.ZERO, List.of(JournaledAsks.kept(known)));
        }
    }

    /** What one try came to. */
    private sealed interface Try {
        record Good(EndpointAnswer.Said said) implements Try {}

        /** @param asked how long the server wants to be left alone */
        record Bad(String reason, boolean retryable, Duration asked) implements Try {}
    }

    private EndpointAnswer call(WireRequest prompt, String entry) throws InterruptedException {
        for (int tries = 0; ; tries++) {
            switch (once(prompt, entry, tries)) {
                case Try.Good(EndpointAnswer.Said said) -> {
                    return said;
                }
                case Try.Bad bad -> {
                    Duration pause = pause(tries, bad.asked());
                    boolean over = tries >= plan.limits().retries() || pause.compareTo(LONGEST_PAUSE) > 0;
                    if (!bad.retryable() || over) {
                        return new EndpointAnswer.Failed(bad.reason(), bad.retryable(), pause, asks.kept(entry));
                    }
                    Thread.sleep(pause);
                }
            }
        }
    }

    /** Doubles from try to try; spread, so that those refused together do not come back together. */
    private static Duration pause(int tries, Duration asked) {
        long usual = Math.min(FIRST_PAUSE.toMillis() << Math.min(tries, 10), LONGEST_PAUSE.toMillis());
        long spread = ThreadLocalRandom.current().nextLong(usual / 2, usual + 1);
        return Duration.ofMillis(Math.max(asked.toMillis(), spread));
    }

    private Try once(WireRequest prompt, String entry, int tries) throws InterruptedException {
        long estimate = prompt.estimatedInput();
        requests.take(1);
        tokens.take(estimate);
        places.acquire();
        BigDecimal most = BigDecimal.ZERO;
        try {
            most = spending.hold(price(estimate, prompt.sampling().maxTokens()));
            return exchanged(prompt, entry, tries, estimate);
        } finally {
            // Not before: an answer that is not on the disk yet could be paid for twice.
            places.release();
            spending.giveBack(most);
        }
    }

    private Try exchanged(WireRequest prompt, String entry, int tries, long estimate) throws InterruptedException {
        Exchange exchange = Exchange.over(connections, prompt.pictures().values());
        Dialect.Reading reading;
        try {
            reading = dialect.ask(prompt, seed(entry), exchange);
        } catch (RuntimeException e) {
            return bad(exchange, prompt, entry, tries, e);
        }
        return good(exchange, reading, entry, estimate);
    }

    /** Names the draw to servers that take seeds. */
    private static int seed(String entry) {
        return Integer.parseUnsignedInt(entry.substring(0, 8), 16) & Integer.MAX_VALUE;
    }

    private Try good(Exchange exchange, Dialect.Reading reading, String entry, long estimate) {
        Usage usage = reading.usage();
        tokens.correct(estimate, usage.input() + usage.output());
        BigDecimal cost = plan.prices().cost(usage);
        failures.succeeded();
        record(exchange, entry, usage, cost);
        return new Try.Good(new EndpointAnswer.Said(reading, cost, entry, false));
    }

    private Try bad(Exchange exchange, WireRequest prompt, String entry, int tries, RuntimeException cause)
            throws InterruptedException {
        if (exchange.trouble().isPresent()) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while " + plan.name() + " was asked");
            }
            String reason = failures.unanswered(exchange.trouble().get(), tries);
            return new Try.Bad(reason, true, Duration.ZERO);
        }
        if (exchange.received().isEmpty()) {
            throw cause;
        }
        HttpAnswer received = exchange.received().get();
        String kept = entry + "-" + UUID.randomUUID();
        if (received.status() / 100 == 2) {
            // It may have been paid for, and does not say how much it was.
            Usage guess = new Usage(prompt.estimatedInput(), received.body().length / 4, 0);
            record(exchange, kept, guess, plan.prices().cost(guess));
            return new Try.Bad(failures.unreadable(received), true, Duration.ZERO);
        }
        if (received.status() != 429) {
            record(exchange, kept, Usage.NONE, BigDecimal.ZERO);
        }
        return new Try.Bad(
                failures.refused(received),
                FailurePolicy.retryable(received.status()),
                received.retryAfter().orElse(Duration.ZERO));
    }

    private void record(Exchange exchange, String entry, Usage usage, BigDecimal cost) {
        HttpAnswer received = exchange.received().orElseThrow();
        spending.spend(cost);
        asks.record(
                entry,
                received.status(),
                exchange.request().getBytes(StandardCharsets.UTF_8),
                received.body(),
                usage,
                cost);
    }

    @Override
    public void close() {
        connections.close();
        spending.close();
    }
}
