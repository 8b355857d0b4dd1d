package org.espalier.endpoint.plan;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How much an endpoint may be asked.
 *
 * @param concurrency calls at once, of one process
 * @param requests a minute, of all processes that share a store
 * @param tokens a minute, input and output together, likewise
 * @param budget money that all runs together may spend on it in one store; no call is made that could exceed it
 * @param timeout for one answer
 * @param retries further tries of a call after 429, 5xx, a dropped connection or a body that cannot be read
 */
public record Limits(
        int concurrency,
        OptionalLong requests,
        OptionalLong tokens,
        Optional<BigDecimal> budget,
        Duration connectTimeout,
        Duration timeout,
        int retries) {
    /** Eight at once, two minutes an answer, six retries, and no other limit. */
    public static final Limits USUAL = new Limits(
            8,
            OptionalLong.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            Duration.ofSeconds(10),
            Duration.ofSeconds(120),
            6);

    /** The same with another number of calls at once. */
    Limits atOnce(int calls) {
        return new Limits(calls, requests, tokens, budget, connectTimeout, timeout, retries);
    }

    /** The time that so many requests and tokens need. */
    public Duration atLeast(long calls, long used) {
        double minutes = Math.max(minutes(calls, requests), minutes(used, tokens));
        return Duration.ofMillis((long) (minutes * 60_000));
    }

    private static double minutes(long amount, OptionalLong aMinute) {
        return aMinute.isPresent() ? (double) amount / aMinute.getAsLong() : 0;
    }
}
