package org.espalier.endpoint;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.espalier.store.SharedRate;

/**
 * A limit that the processes of a store share. Calls of one process come one after the other and take a quarter of a
 * second's worth at a time: so the database is asked seldom, and a process that dies takes no more than that with it.
 */
final class SharedRateLimit implements RateLimit {
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final int TAKES_A_MINUTE = 240;

    private final SharedRate rate;
    private final long aMinute;
    private final ReentrantLock turn = new ReentrantLock(true);
    /** Taken from the store and not used yet; below 0 where an estimate was too low. */
    private final AtomicLong left = new AtomicLong();

    SharedRateLimit(SharedRate rate, long aMinute) {
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
