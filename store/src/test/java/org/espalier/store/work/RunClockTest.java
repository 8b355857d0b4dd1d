package org.espalier.store.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.espalier.store.work.RunClock.Sight;
import org.junit.jupiter.api.Test;

/** Clocks that are set in the middle of a run; dead is who has been silent for twelve seconds. */
class RunClockTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration DRIFT = Duration.ofSeconds(3);

    private long nanos = 77;
    private final RunClock clock = new RunClock(() -> nanos, DRIFT, NOON);

    private static Sight sight(Instant database) {
        return new Sight(database, Optional.empty());
    }

    private static Sight sight(Instant database, Instant others) {
        return new Sight(database, Optional.of(others));
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    @Test
    void asMuchTimeGoesByAsReallyDoes() {
        pass(Duration.ofMinutes(90));
        assertThat(clock.now()).isEqualTo(NOON.plusSeconds(5400));
    }

    @Test
    void itFollowsTheDatabaseWhereTheTwoDrift() {
        pass(Duration.ofSeconds(10));
        clock.look(sight(NOON.plusSeconds(12)));
        assertThat(clock.now()).isEqualTo(NOON.plusSeconds(12));
        pass(Duration.ofSeconds(1));
        assertThat(clock.now()).isEqualTo(NOON.plusSeconds(13));
        clock.look(sight(NOON.plusSeconds(11)));
        assertThat(clock.now()).isEqualTo(NOON.plusSeconds(11));
    }

    @Test
    void aDatabaseWhoseClockIsSetMakesNobodyLookDead() {
        pass(Duration.ofSeconds(10));
        clock.look(sight(NOON.plusSeconds(3610), NOON.plusSeconds(9)));
        assertThat(clock.now()).isEqualTo(NOON.plusSeconds(10));
        clock.look(sight(NOON.minusSeconds(3590), NOON.plusSeconds(9)));
        assertThat(clock.now()).isEqualTo(NOON.plusSeconds(10));
        clock.look(sight(NOON.plusSeconds(3610)));
        assertThat(clock.now()).isEqualTo(NOON.plusSeconds(10));
    }

    @Test
    void afterASleepItGoesWithTheOthers() {
        pass(Duration.ofSeconds(10));
        clock.look(sight(NOON.plusSeconds(3610), NOON.plusSeconds(3608)));
        assertThat(clock.now()).isEqualTo(NOON.plusSeconds(3610));
    }

    @Test
    void othersThatDiedLongAgoSayNothing() {
        clock.look(sight(NOON.plusSeconds(3600), NOON.minusSeconds(3600)));
        assertThat(clock.now()).isEqualTo(NOON);
    }

    @Test
    void aProcessBeginsWithTheDatabase() {
        assertThat(RunClock.beginning(sight(NOON), sight(NOON))).isEqualTo(NOON);
        Sight gone = sight(NOON, NOON.minusSeconds(3600));
        assertThat(RunClock.beginning(gone, gone)).as("all others are dead").isEqualTo(NOON);
    }

    @Test
    void aProcessBeginsWithTheOthersWhereTheyWorkByAnotherTime() {
        Instant theirs = NOON.plusSeconds(3600);
        assertThat(RunClock.beginning(sight(NOON, theirs), sight(NOON.plusSeconds(6), theirs.plusSeconds(6))))
                .isEqualTo(theirs.plusSeconds(6));
        theirs = NOON.minusSeconds(3600);
        assertThat(RunClock.beginning(sight(NOON, theirs), sight(NOON.plusSeconds(6), theirs.plusSeconds(6))))
                .isEqualTo(theirs.plusSeconds(6));
    }
}
