package org.espalier.ssui.review;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import org.espalier.store.Statements;

/**
 * When a person did something. Later events of a person bear later times, whatever was done to the clock meanwhile: what they
 * did last is told by it.
 */
record EventTime(Clock clock) {
    /** Milliseconds since 1970, for an event that is about to be written. */
    long of(Connection connection, String reviewer) throws SQLException {
        long last = Statements.first(
                        connection,
                        row -> row.getLong(1),
                        "select max(at) from (select max(at) as at from decision where reviewer = ? union all"
                                + " select max(at) from revision where reviewer = ? union all"
                                + " select max(at) from picture_word where reviewer = ?) e",
                        reviewer,
                        reviewer,
                        reviewer)
                .orElse(0L);
        return Math.max(clock.millis(), last + 1);
    }
}
