package org.espalier.ssui.build;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.espalier.core.file.Json;
import org.espalier.ssui.agent.DroppedSample;
import org.espalier.ssui.agent.RejectedAnswer;
import org.espalier.ssui.review.Draft;
import org.espalier.ssui.review.Drafts;
import org.espalier.store.Statements;
import org.espalier.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * How each sample of a build ended, in the table {@code build_outcome}. The first outcome of a sample stays: one that is
 * worked on twice, because a process was thought dead, ends once. Dead letters that are tried again keep their row, which
 * no longer counts.
 */
record SampleOutcomes(Store store) {
    /** How a sample can end; the table holds the ordinal. */
    private enum Kind {
        DRAFT,
        DROPPED,
        DEAD
    }

    /**
     * What is known of one sample.
     *
     * @param deaths how often an agent had no usable answer for it before it was tried again, by agent
     */
    record History(boolean ended, Map<String, Integer> deaths) {}

    /** How many samples ended how, by agent. */
    record Counts(long drafts, Map<String, Long> dropped, Map<String, Long> dead) {
        long all() {
            return drafts + sum(dropped) + sum(dead);
        }

        private static long sum(Map<String, Long> counts) {
            return counts.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** Writes the draft of a sample that passed every agent. */
    void draft(String agent, Draft draft, Drafts drafts) {
        store.write(connection ->
                insert(connection, draft.id(), agent, Kind.DRAFT, "", "", "", "[]") && drafts.put(connection, draft));
    }

    /** Writes that an agent dropped a sample. */
    void dropped(DroppedSample drop) {
        store.write(connection -> insert(
                connection, drop.id(), drop.stage(), Kind.DROPPED, drop.reason(), drop.said(), drop.response(), "[]"));
    }

    /** Writes a dead letter. */
    void dead(String id, String agent, String reason, List<RejectedAnswer> received) {
        String answers = Json.line(Json.tree(received));
        store.write(connection -> insert(connection, id, agent, Kind.DEAD, reason, "", "", answers));
    }

    /** Whether this is the first outcome of the sample. */
    private static boolean insert(Connection connection, String id, String agent, Kind kind, String... texts)
            throws SQLException {
        List<Object> values = new ArrayList<>(List.of(id, agent, kind.ordinal()));
        values.addAll(List.of(texts));
        return Statements.update(
                        connection,
                        "insert into build_outcome (id, agent, outcome, reason, said, response, received) values"
                                + " (?, ?, ?, ?, ?, ?, ?) on conflict (id) where revived = 0 do nothing",
                        values.toArray())
                == 1;
    }

    History of(String id) {
        Map<String, Integer> deaths = new HashMap<>();
        List<String> standing = store.read(connection -> Statements.list(
                connection,
                row -> row.getString(1),
                "select agent from build_outcome where id = ? and revived = 0",
                id));
        store.read(connection -> Statements.list(
                connection,
                row -> deaths.put(row.getString(1), row.getInt(2)),
                "select agent, count(*) from build_outcome where id = ? and revived = 1 group by agent",
                id));
        return new History(!standing.isEmpty(), deaths);
    }

    /** Those of some samples that have not ended. */
    List<String> unfinished(List<String> ids) {
        if (ids.isEmpty()) {
            return ids;
        }
        Set<String> ended = new HashSet<>(store.read(connection -> Statements.list(
                connection,
                row -> row.getString(1),
                "select id from build_outcome where revived = 0 and id in (?" + ", ?".repeat(ids.size() - 1) + ")",
                ids.toArray())));
        return ids.stream().filter(id -> !ended.contains(id)).toList();
    }

    Counts counts() {
        return new Counts(
                count(Kind.DRAFT).values().stream().mapToLong(Long::longValue).sum(),
                count(Kind.DROPPED),
                count(Kind.DEAD));
    }

    private Map<String, Long> count(Kind kind) {
        Map<String, Long> counts = new HashMap<>();
        list(
                "select agent, count(*) from build_outcome where revived = 0 and outcome = ? group by agent",
                kind,
                row -> counts.put(row.getString(1), row.getLong(2)));
        return counts;
    }

    /** Every dropped sample, by id. */
    List<DroppedSample> dropped() {
        return list(
                "select id, agent, reason, said, response from build_outcome where revived = 0 and outcome = ?"
                        + " order by id",
                Kind.DROPPED,
                row -> new DroppedSample(
                        row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5)));
    }

    /** Every sample that is dead now, by id. */
    List<DeadLetter> deadLetters() {
        return list(
                "select id, agent, reason, received from build_outcome where revived = 0 and outcome = ? order by id",
                Kind.DEAD,
                row -> new DeadLetter(
                        row.getString(1), row.getString(2), row.getString(3), Json.parse(row.getString(4))));
    }

    /** Dropped samples by agent, and within it by reason. */
    Map<String, Map<String, Long>> drops() {
        Map<String, Map<String, Long>> drops = new LinkedHashMap<>();
        list(
                "select agent, reason, count(*) from build_outcome where revived = 0 and outcome = ?"
                        + " group by agent, reason order by agent, reason",
                Kind.DROPPED,
                row -> drops.computeIfAbsent(row.getString(1), agent -> new LinkedHashMap<>())
                        .put(row.getString(2), row.getLong(3)));
        return drops;
    }

    private <T extends @Nullable Object> List<T> list(String sql, Kind kind, Statements.RowReader<T> reader) {
        return store.read(connection -> Statements.list(connection, reader, sql, kind.ordinal()));
    }

    /** Lets the dead letters be tried again, and returns how many they were. */
    int revive() {
        return store.write(connection -> Statements.update(
                connection,
                "update build_outcome set revived = 1 where revived = 0 and outcome = ?",
                Kind.DEAD.ordinal()));
    }
}
