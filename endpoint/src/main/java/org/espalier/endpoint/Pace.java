package org.espalier.endpoint;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** So much a minute, evenly: whoever comes too early waits for its place. */
final class Pace {
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final OptionalLong aMinute;
    private long next;

    Pace(OptionalLong aMinute) {
        this.aMinute = aMinute;
        this.next = System.nanoTime();
    }

    /** Takes {@code amount} and waits until it is due. */
    void take(long amount) throws InterruptedException {
        if (aMinute.isPresent()) {
            long pause = place(amount, System.nanoTime());
            if (pause > 0) {
                TimeUnit.NANOSECONDS.sleep(pause);
            }
        }
    }

    /** Nanoseconds from {@code now} until {@code amount} is due; it is taken. */
    synchronized long place(long amount, long now) {
        long begins = Math.max(next, now);
        next = begins + span(amount);
        return begins - now;
    }

    /** Corrects what was taken by an estimate. */
    synchronized void correct(long taken, long used) {
        if (aMinute.isPresent()) {
            next -= span(taken - used);
        }
    }

    private long span(long amount) {
        return aMinute.isPresent() ? (long) ((double) amount * MINUTE / aMinute.getAsLong()) : 0;
    }
}
