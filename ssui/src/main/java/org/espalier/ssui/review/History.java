package org.espalier.ssui.review;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.espalier.store.Statements;

/** Reads what people did to a draft. */
final class History {
    private History() {}

    static List<Event> of(Connection connection, long seq) throws SQLException {
        List<Event> events = new ArrayList<>(Statements.list(
                connection,
                History::revised,
                "select number, reviewer, at, changes, undoes, undone from revision where draft = ?",
                seq));
        events.addAll(Statements.list(
                connection,
                History::decided,
                "select number, reviewer, at, verdict, reasons, ratings, note, standing, undoes, undone from decision"
                        + " where draft = ?",
                seq));
        events.addAll(Statements.list(
                connection,
                History::looked,
                "select number, reviewer, at, harmless, standing, undoes, undone from picture_word where draft = ?",
                seq));
        events.sort(Comparator.comparingInt(Event::number));
        return List.copyOf(events);
    }

    /**
     * What {@code reviewer} can take back: the last event of theirs that holds. A revision only if it is the newest
     * that holds, since later ones may rest on it.
     */
    static Optional<Event> last(List<Event> events, String reviewer) {
        Optional<Event> newestRevision = events.stream()
                .filter(event -> event instanceof Event.Revised revised && holds(revised))
                .reduce((former, latter) -> latter);
        return events.stream()
                .filter(event -> event.reviewer().equals(reviewer))
                .filter(event -> switch (event) {
                    case Event.Revised revised -> holds(revised) && newestRevision.equals(Optional.of(event));
                    case Event.Decided decided -> decided.standing();
                    case Event.Looked looked -> looked.standing();
                    case Event.Withdrew withdrew -> false;
                })
                .reduce((former, latter) -> latter);
    }

    /**
     * The decisions that count: of each reviewer the last that was not taken back, if the words are still those that it
     * was made on, or are the reviewer's own.
     */
    static List<Event.Decided> holding(List<Event> events) {
        Map<String, Event.Decided> last = new LinkedHashMap<>();
        Map<Integer, Optional<Event.Revised>> words = new HashMap<>();
        Deque<Event.Revised> inForce = new ArrayDeque<>();
        for (Event event : events) {
            switch (event) {
                case Event.Revised revised
                when revised.undoes().isPresent() ->
                    inForce.removeIf(
                            undone -> undone.number() == revised.undoes().getAsInt());
                case Event.Revised revised -> inForce.push(revised);
                case Event.Decided decided
                when !decided.undone() -> {
                    last.put(decided.reviewer(), decided);
                    words.put(decided.number(), Optional.ofNullable(inForce.peek()));
                }
                case Event.Decided undone -> {}
                case Event.Looked looked -> {}
                case Event.Withdrew withdrew -> {}
            }
        }
        Optional<Event.Revised> now = Optional.ofNullable(inForce.peek());
        return last.values().stream()
                .filter(decided -> now.equals(words.get(decided.number()))
                        || now.map(Event.Revised::reviewer).equals(Optional.of(decided.reviewer())))
                .toList();
    }

    private static boolean holds(Event.Revised revised) {
        return !revised.undone() && revised.undoes().isEmpty();
    }

    private static Event revised(ResultSet row) throws SQLException {
        int undoes = row.getInt(5);
        return new Event.Revised(
                row.getInt(1),
                row.getString(2),
                Instant.ofEpochMilli(row.getLong(3)),
                Revisions.changes(row.getString(4)),
                undoes == 0 ? OptionalInt.empty() : OptionalInt.of(undoes),
                row.getInt(6) == 1);
    }

    private static Event decided(ResultSet row) throws SQLException {
        int number = row.getInt(1);
        String reviewer = row.getString(2);
        Instant at = Instant.ofEpochMilli(row.getLong(3));
        String verdict = row.getString(4);
        if (verdict.equals(Decisions.WITHDRAWN)) {
            return new Event.Withdrew(number, reviewer, at, row.getInt(9));
        }
        return new Event.Decided(
                number,
                reviewer,
                at,
                Decisions.opinion(verdict, row.getString(5), row.getString(6), row.getString(7)),
                row.getInt(8) == 1,
                row.getInt(10) == 1);
    }

    private static Event looked(ResultSet row) throws SQLException {
        int number = row.getInt(1);
        String reviewer = row.getString(2);
        Instant at = Instant.ofEpochMilli(row.getLong(3));
        return row.getInt(6) > 0
                ? new Event.Withdrew(number, reviewer, at, row.getInt(6))
                : new Event.Looked(number, reviewer, at, row.getInt(4) == 1, row.getInt(5) == 1, row.getInt(7) == 1);
    }
}
