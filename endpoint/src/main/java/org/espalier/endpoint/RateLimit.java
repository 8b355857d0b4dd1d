package org.espalier.endpoint;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.espalier.store.SharedRate;
import org.espalier.store.Store;

/** So much a minute, evenly: whoever comes too early waits. Thread-safe. */
sealed interface RateLimit {
    /** In nanoseconds. */
    long MINUTE = TimeUnit.MINUTES.toNanos(1);

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
                ? new Shared(store.sharedRate(name), aMinute.getAsLong())
                : new Local(aMinute.getAsLong());
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

    /** The limit of a process that has the store to itself. */
    final class Local implements RateLimit {
        private final long aMinute;
        private long next;

        Local(long aMinute) {
            this.aMinute = aMinute;
            this.next = System.nanoTime();
        }

        @Override
        public void take(long amount) throws InterruptedException {
            long pause = place(amount, System.nanoTime());
            if (pause > 0) {
                TimeUnit.NANOSECONDS.sleep(pause);
            }
        }

        /** Nanoseconds from {@code now} until {@code amount} is due; it is taken. */
        synchronized long place(long amount, long now) {
            long begins = Math.max(next, now);
            next = begins + span(amount);
            return begins - now;
        }

        @Override
        public synchronized void correct(long taken, long used) {
            next -= span(taken - used);
        }

        private long span(long amount) {
            return (long) ((double) amount * MINUTE / aMinute);
        }
    }

    /**
     * A limit that the processes of a store share. Calls of one process come one after the other and take a quarter of a
     * second's worth at a time: so the database is asked seldom, and a process that dies takes no more than that with it.
     */
    final class Shared implements RateLimit {
        private static final int TAKES_A_MINUTE = 240;

        private final SharedRate rate;
        private final long aMinute;
        private final ReentrantLock turn = new ReentrantLock(true);
        /** Taken from the store and not used yet; below 0 where an estimate was too low. */
        private final AtomicLong left = new AtomicLong();

        Shared(SharedRate rate, long aMinute) {
            this.rate = rate;
            this.aMinute = aMinute;
        }

        @Override
        public void take(long amount) throws InterruptedException {
            turn.lockInterruptibly();
            try {
                long missing = amount - left.get();
                if (missing > 0) {
                    long more = Math.max(missing, aMinute / TAKES_A_MINUTE);
                    Duration pause = rate.take(Duration.ofNanos((long) ((double) more * MINUTE / aMinute)));
                    Thread.sleep(pause);
                    left.addAndGet(more);
                }
                left.addAndGet(-amount);
            } finally {
                turn.unlock();
            }
        }

        @Override
        public void correct(long taken, long used) {
            left.addAndGet(taken - used);
        }
    }
}
