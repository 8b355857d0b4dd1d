package org.espalier.endpoint;

import java.util.concurrent.TimeUnit;

/** The limit of a process that has the store to itself. */
final class LocalRateLimit implements RateLimit {
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final long aMinute;
    private long next;

    LocalRateLimit(long aMinute) {
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
