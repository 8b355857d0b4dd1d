package org.espalier.endpoint;

import java.util.OptionalLong;
import org.espalier.store.Store;

/** So much a minute, evenly: whoever comes too early waits. Thread-safe. */
sealed interface RateLimit permits RateLimit.None, LocalRateLimit, SharedRateLimit {
    /**
     * The limit of that name; where several processes share the store, they share the limit too.
     *
     * @param aMinute what all of them together may take; nothing where there is no limit
     */
    static RateLimit of(Store store, String name, OptionalLong aMinute) {
        if (aMinute.isEmpty()) {
            return new None();
        }
        return store.postgres()
                ? new SharedRateLimit(store.sharedRate(name), aMinute.getAsLong())
                : new LocalRateLimit(aMinute.getAsLong());
    }

    /** Takes {@code amount} and waits until it is due. */
    void take(long amount) throws InterruptedException;

    /** Corrects what was taken by an estimate. */
    void correct(long taken, long used);

    /** No limit. */
    record None() implements RateLimit {
        @Override
        public void take(long amount) {}

        @Override
        public void correct(long taken, long used) {}
    }
}
