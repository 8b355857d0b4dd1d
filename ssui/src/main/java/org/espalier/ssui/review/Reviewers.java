package org.espalier.ssui.review;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.espalier.core.InputException;
import org.espalier.store.Statements;
import org.espalier.store.Store;

/** The table {@code reviewer}, and what the events say of people. */
record Reviewers(Store store, Clock clock) {
    private static final int LONGEST_NAME = 60;

    /** @throws InputException if nobody can be called that */
    void check(String name) {
        if (name.isBlank() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw new InputException("a reviewer's name has 1 to " + LONGEST_NAME + " characters on one line");
        }
    }

    int arrive(Connection connection, String name) throws SQLException {
        return Statements.update(
                connection,
                "insert into reviewer (name, since) values (?, ?) on conflict (name) do nothing",
                name,
                clock.millis());
    }

    List<String> names() {
        return store.read(connection ->
                Statements.list(connection, row -> row.getString(1), "select name from reviewer order by name"));
    }

    Optional<String> lastTouched(String reviewer) {
        return store.read(connection -> Statements.first(
                connection,
                row -> row.getString(1),
                "select d.id from (select draft, at, number from revision where reviewer = ? and undone = 0 and undoes = 0"
                        + " union all select draft, at, number from decision where reviewer = ? and undone = 0"
                        + " and undoes = 0 union all select draft, at, number from picture_word where reviewer = ?"
                        + " and undone = 0 and undoes = 0) e join draft d on d.seq = e.draft order by e.at desc, e.number desc limit 1",
                reviewer,
                reviewer,
                reviewer));
    }

    List<ReviewerTally> tallies() {
        return store.read(connection -> Statements.list(
                connection,
                row -> {
                    long last = row.getLong(6);
                    return new ReviewerTally(
                            row.getString(1),
                            row.getLong(2),
                            row.getLong(3),
                            row.getLong(4),
                            row.getLong(5),
                            last == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(last)));
                },
                "select r.name,"
                        + " (select count(*) from decision where reviewer = r.name and standing = 1 and verdict = 'accepted'),"
                        + " (select count(*) from decision where reviewer = r.name and standing = 1 and verdict = 'rejected'),"
                        + " (select count(*) from decision where reviewer = r.name and standing = 1 and verdict = 'skipped'),"
                        + " (select count(*) from revision where reviewer = r.name and undone = 0 and undoes = 0),"
                        + " (select max(at) from (select max(at) as at from decision where reviewer = r.name union all"
                        + " select max(at) from revision where reviewer = r.name union all"
                        + " select max(at) from picture_word where reviewer = r.name) e)"
                        + " from reviewer r order by r.name"));
    }

    List<ReviewerAgreement> agreements() {
        return store.read(
                connection -> Statements.list(
                        connection,
                        row -> new ReviewerAgreement(
                                row.getString(1),
                                row.getString(2),
                                row.getLong(3),
                                row.getLong(4),
                                row.getLong(5),
                                row.getLong(6)),
                        "select a.reviewer, b.reviewer,"
                                + " count(case when a.verdict = 'accepted' and b.verdict = 'accepted' then 1 end),"
                                + " count(case when a.verdict = 'accepted' and b.verdict = 'rejected' then 1 end),"
                                + " count(case when a.verdict = 'rejected' and b.verdict = 'accepted' then 1 end),"
                                + " count(case when a.verdict = 'rejected' and b.verdict = 'rejected' then 1 end)"
                                + " from draft d join decision a on a.draft = d.seq join decision b on b.draft = d.seq"
                                + " and a.reviewer < b.reviewer"
                                + " where d.opinions > 1 and a.standing = 1 and b.standing = 1 and a.verdict <> 'skipped'"
                                + " and b.verdict <> 'skipped' group by a.reviewer, b.reviewer order by a.reviewer, b.reviewer"));
    }
}
