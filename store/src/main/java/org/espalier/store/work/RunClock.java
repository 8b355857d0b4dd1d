package org.espalier.store.work;

import com.github.kagkarlsson.scheduler.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The time by which processes tell who still works: the database's when a process began, and from then on as much more as has
 * really gone by. Clocks that are set while a run lasts, this machine's or the database's, do not let anybody look dead, which would
 * have the same asked and paid for twice. Thread-safe.
 */
final class RunClock implements Clock {
    /**
     * What the database shows at a moment.
     *
     * @param database its time
     * @param others when another process last said that it works on something, by that process's run clock
     */
    record Sight(Instant database, Optional<Instant> others) {}

    /** A moment by both clocks. */
    private record Fixed(Instant time, long nanos) {}

    private final LongSupplier nanoTime;
    /** By less than this, two clocks go apart by themselves, and either may be followed. */
    private final Duration drift;

    private volatile Fixed fixed;

    RunClock(LongSupplier nanoTime, Duration drift, Instant begins) {
        this.nanoTime = nanoTime;
        this.drift = drift;
        this.fixed = new Fixed(begins, nanoTime.getAsLong());
    }

    @Override
    public Instant now() {
        Fixed last = fixed;
        return last.time().plusNanos(nanoTime.getAsLong() - last.nanos());
    }

    /**
     * Follows the database's clock where it has drifted, and the other processes where they are far from us and near to it: then
     * this machine slept. Where the database's clock is far from everybody, it was set.
     */
    void look(Sight sight) {
        Instant ours = now();
        Duration apart = Duration.between(ours, sight.database()).abs();
        boolean slept = sight.others()
                .filter(other -> Duration.between(other, sight.database()).abs().compareTo(apart) < 0)
                .filter(other -> other.isAfter(ours.plus(drift)))
                .isPresent();
        if (apart.compareTo(drift) < 0 || slept) {
            fixed = new Fixed(sight.database(), nanoTime.getAsLong());
        }
    }

    /**
     * When a process is to begin: with the database, unless others are at work by another time, because its clock was set since they
     * began.
     *
     * @param before what was seen first
     * @param after what was seen some time later; others who have gone on meanwhile are alive
     */
    static Instant beginning(Sight before, Sight after) {
        return after.others()
                .filter(last -> before.others().filter(last::isAfter).isPresent())
                .orElse(after.database());
    }
}
