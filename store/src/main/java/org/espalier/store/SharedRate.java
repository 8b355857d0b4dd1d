package org.espalier.store;

import java.time.Duration;

/**
 * Something of which only so much may be taken a minute, by all processes of a store together: one row holds the moment
 * from which on more may be taken, and moves with the database's clock where that is set back. Thread-safe.
 */
public final class SharedRate {
    private static final String NOW = "cast(extract(epoch from clock_timestamp()) * 1000000 as bigint) * 1000";

    private final Store store;
    private final String name;

    SharedRate(Store store, String name) {
        this.store = store;
        this.name = name;
    }

    /**
     * Takes as much as may be taken within {@code span}.
     *
     * @return how long to wait until it may be used
     */
    public Duration take(Duration span) {
        long nanos = span.toNanos();
        long pause = store.autocommit(connection -> Statements.first(
                        connection,
                        row -> row.getLong(1),
                        "insert into rate (name, next, at) values (?, " + NOW + " + ?, " + NOW
                                + ") on conflict (name) do update set next = greatest(rate.next - greatest(rate.at - "
                                + NOW + ", 0), " + NOW + ") + ?, at = " + NOW + " returning next - ? - " + NOW,
                        name,
                        nanos,
                        nanos,
                        nanos)
                .orElseThrow());
        return Duration.ofNanos(Math.max(0, pause));
    }
}
