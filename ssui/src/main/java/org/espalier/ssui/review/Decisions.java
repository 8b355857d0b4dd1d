package org.espalier.ssui.review;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.espalier.core.Labelled;
import org.espalier.core.file.Json;
import org.espalier.store.Statements;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The table {@code decision}: what people decided, only ever added to. Of each reviewer at most one decision stands. */
record Decisions(EventTime time) {
    /** Takes the place of a verdict where a decision is withdrawn. */
    static final String WITHDRAWN = "withdrawn";

    /** Writes a decision as the event that follows {@code seen}; the version has been taken. */
    void add(Connection connection, Reviewed seen, String reviewer, Opinion opinion) throws SQLException {
        insert(connection, seen, reviewer, opinion.verdict().label(), opinion, 0);
        Statements.update(
                connection,
                "update draft set claimed_until = 0 where seq = ? and claimed_by = ?",
                seen.seq(),
                reviewer);
        settle(connection, seen.seq());
    }

    /** Takes back decision {@code number}; what the reviewer had decided before holds again. */
    void takeBack(Connection connection, Reviewed seen, String reviewer, int number) throws SQLException {
        insert(connection, seen, reviewer, WITHDRAWN, Opinion.of(ReviewVerdict.SKIPPED), number);
        Statements.update(
                connection, "update decision set undone = 1 where draft = ? and number = ?", seen.seq(), number);
        settle(connection, seen.seq());
    }

    private void insert(
            Connection connection, Reviewed seen, String reviewer, String verdict, Opinion opinion, int undoes)
            throws SQLException {
        ObjectNode ratings = Json.object();
        opinion.ratings().forEach((criterion, rating) -> ratings.put(criterion.label(), rating));
        Statements.update(
                connection,
                "insert into decision (draft, number, reviewer, at, verdict, reasons, ratings, note, standing, undoes)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                seen.seq(),
                seen.version() + 1,
                reviewer,
                time.of(connection, reviewer),
                verdict,
                Json.line(
                        Json.tree(opinion.reasons().stream().map(Reason::label).toList())),
                Json.line(ratings),
                opinion.note(),
                0,
                undoes);
    }

    /**
     * Lets those decisions stand that hold for the words as they are; the state follows their majority. To be called
     * after every change of decisions and words.
     */
    void settle(Connection connection, long seq) throws SQLException {
        List<Event.Decided> holding = History.holding(History.of(connection, seq));
        Statements.update(connection, "update decision set standing = 0 where draft = ? and standing = 1", seq);
        for (Event.Decided decided : holding) {
            Statements.update(
                    connection,
                    "update decision set standing = 1 where draft = ? and number = ?",
                    seq,
                    decided.number());
        }
        long accepts = count(holding, ReviewVerdict.ACCEPTED);
        long rejects = count(holding, ReviewVerdict.REJECTED);
        DraftState state =
                accepts > rejects ? DraftState.ACCEPTED : rejects > accepts ? DraftState.REJECTED : DraftState.DRAFT;
        Statements.update(
                connection,
                "update draft set state = ?, opinions = ?, disputed = ? where seq = ?",
                state.label(),
                accepts + rejects,
                accepts > 0 && rejects > 0 ? 1 : 0,
                seq);
    }

    private static long count(List<Event.Decided> holding, ReviewVerdict verdict) {
        return holding.stream()
                .filter(decided -> decided.opinion().verdict() == verdict)
                .count();
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
                Labelled.find(ReviewVerdict.class, verdict).orElseThrow(),
                Arrays.stream(Reason.values())
                        .filter(reason -> labels.contains(reason.label()))
                        .toList(),
                values,
                note);
    }
}
