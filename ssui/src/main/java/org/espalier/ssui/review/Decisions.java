package org.espalier.ssui.review;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.espalier.core.file.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The table {@code decision}: what people decided, only ever added to; one decision of each reviewer stands. */
final class Decisions {
    /** Takes the place of a verdict where a decision is withdrawn. */
    static final String WITHDRAWN = "withdrawn";

    private final Clock clock;

    Decisions(Clock clock) {
        this.clock = clock;
    }

    /** Writes a decision as the event that follows {@code seen}; the version has been taken. */
    void add(Connection connection, Reviewed seen, String reviewer, Opinion opinion) throws SQLException {
        Database.update(
                connection, "update decision set standing = 0 where draft = ? and reviewer = ?", seen.seq(), reviewer);
        insert(connection, seen, reviewer, opinion.verdict().label(), opinion, 1, 0);
        count(connection, seen.seq());
    }

    /** Takes back decision {@code number}; what the reviewer had decided before stands again. */
    void takeBack(Connection connection, Reviewed seen, String reviewer, int number) throws SQLException {
        insert(connection, seen, reviewer, WITHDRAWN, Opinion.of(Verdict.SKIPPED), 0, number);
        Database.update(
                connection,
                "update decision set undone = 1, standing = 0 where draft = ? and number = ?",
                seen.seq(),
                number);
        Database.update(
                connection,
                "update decision set standing = 1 where draft = ? and number = (select max(number) from decision"
                        + " where draft = ? and reviewer = ? and undone = 0 and undoes = 0)",
                seen.seq(),
                seen.seq(),
                reviewer);
        count(connection, seen.seq());
    }

    private void insert(
            Connection connection,
            Reviewed seen,
            String reviewer,
            String verdict,
            Opinion opinion,
            int standing,
            int undoes)
            throws SQLException {
        ObjectNode ratings = Json.object();
        opinion.ratings().forEach((criterion, rating) -> ratings.put(criterion.label(), rating));
        Database.update(
                connection,
                "insert into decision (draft, number, reviewer, at, verdict, reasons, ratings, note, standing, undoes)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                seen.seq(),
                seen.version() + 1,
                reviewer,
                clock.millis(),
                verdict,
                Json.line(
                        Json.tree(opinion.reasons().stream().map(Reason::label).toList())),
                Json.line(ratings),
                opinion.note(),
                standing,
                undoes);
    }

    /** The state follows the majority of the standing decisions. */
    private static void count(Connection connection, long seq) throws SQLException {
        List<String> verdicts = Database.list(
                connection,
                row -> row.getString(1),
                "select verdict from decision where draft = ? and standing = 1",
                seq);
        long accepts =
                verdicts.stream().filter(Verdict.ACCEPTED.label()::equals).count();
        long rejects =
                verdicts.stream().filter(Verdict.REJECTED.label()::equals).count();
        State state = accepts > rejects ? State.ACCEPTED : rejects > accepts ? State.REJECTED : State.DRAFT;
        Database.update(
                connection,
                "update draft set state = ?, opinions = ?, disputed = ? where seq = ?",
                state.label(),
                accepts + rejects,
                accepts > 0 && rejects > 0 ? 1 : 0,
                seq);
    }

    static Opinion opinion(String verdict, String reasons, String ratings, String note) {
        JsonNode why = Json.parse(reasons);
        JsonNode rated = Json.parse(ratings);
        Map<Criterion, Integer> values = new EnumMap<>(Criterion.class);
        for (Criterion criterion : Criterion.values()) {
            if (rated.has(criterion.label())) {
                values.put(criterion, rated.path(criterion.label()).asInt());
            }
        }
        List<String> labels = why.valueStream().map(JsonNode::asString).toList();
        return new Opinion(
                Verdict.of(verdict),
                Arrays.stream(Reason.values())
                        .filter(reason -> labels.contains(reason.label()))
                        .toList(),
                values,
                note);
    }
}
