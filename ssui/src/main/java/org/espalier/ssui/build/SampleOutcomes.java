package org.espalier.ssui.build;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
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
import org.espalier.store.Store;

/**
 * How each sample of a build ended, in the table {@code build_outcome}. The first outcome of a sample stays: one that is
 * worked on twice, because a process was thought dead, ends once. Dead letters that are tried again keep their row, which
 * no longer counts.
 */
record SampleOutcomes(Store store) {
    private static final String INSERT =
            "insert into build_outcome (id, agent, outcome, reason, said, response, received)"
                    + " values (?, ?, ?, ?, ?, ?, ?) on conflict (id) where revived = 0 do nothing";

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
    private static boolean insert(
            Connection connection,
            String id,
            String agent,
            Kind kind,
            String reason,
            String said,
            String response,
            String received)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, id);
            insert.setString(2, agent);
            insert.setInt(3, kind.ordinal());
            insert.setString(4, reason);
            insert.setString(5, said);
            insert.setString(6, response);
            insert.setString(7, received);
            return insert.executeUpdate() == 1;
        }
    }

    History of(String id) {
        return store.read(connection -> {
            boolean ended = false;
            Map<String, Integer> deaths = new HashMap<>();
            try (PreparedStatement select =
                    connection.prepareStatement("select agent, revived from build_outcome where id = ?")) {
                select.setString(1, id);
                try (ResultSet found = select.executeQuery()) {
                    while (found.next()) {
                        if (found.getInt(2) == 0) {
                            ended = true;
                        } else {
                            deaths.merge(found.getString(1), 1, Integer::sum);
                        }
                    }
                }
            }
            return new History(ended, deaths);
        });
    }

    /** Those of some samples that have not ended. */
    List<String> unfinished(List<String> ids) {
        if (ids.isEmpty()) {
            return ids;
        }
        String marks = "?" + ", ?".repeat(ids.size() - 1);
        Set<String> ended = store.read(connection -> {
            Set<String> found = new HashSet<>();
            try (PreparedStatement select = connection.prepareStatement(
                    "select id from build_outcome where revived = 0 and id in (" + marks + ")")) {
                for (int i = 0; i < ids.size(); i++) {
                    select.setString(i + 1, ids.get(i));
                }
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        found.add(rows.getString(1));
                    }
                }
            }
            return found;
        });
        return ids.stream().filter(id -> !ended.contains(id)).toList();
    }

    Counts counts() {
        return store.read(connection -> {
            long drafts = 0;
            Map<String, Long> dropped = new HashMap<>();
            Map<String, Long> dead = new HashMap<>();
            try (PreparedStatement select = connection.prepareStatement("select outcome, agent, count(*)"
                            + " from build_outcome where revived = 0 group by outcome, agent");
                    ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    String agent = found.getString(2);
                    long count = found.getLong(3);
                    switch (Kind.values()[found.getInt(1)]) {
                        case DRAFT -> drafts += count;
                        case DROPPED -> dropped.put(agent, count);
                        case DEAD -> dead.put(agent, count);
                    }
                }
            }
            return new Counts(drafts, dropped, dead);
        });
    }

    /** Every dropped sample, by id. */
    List<DroppedSample> dropped() {
        return list(
                Kind.DROPPED,
                found -> new DroppedSample(
                        found.getString(1),
                        found.getString(2),
                        found.getString(3),
                        found.getString(4),
                        found.getString(5)));
    }

    /** Every sample that is dead now, by id. */
    List<DeadLetter> deadLetters() {
        return list(
                Kind.DEAD,
                found -> new DeadLetter(
                        found.getString(1), found.getString(2), found.getString(3), Json.parse(found.getString(6))));
    }

    /** Makes something of a row: id, agent, reason, said, response, received. */
    private interface RowReader<T> {
        T of(ResultSet row) throws SQLException;
    }

    private <T> List<T> list(Kind kind, RowReader<T> reader) {
        return store.read(connection -> {
            List<T> all = new ArrayList<>();
            try (PreparedStatement select =
                    connection.prepareStatement("select id, agent, reason, said, response, received from build_outcome"
                            + " where revived = 0 and outcome = ? order by id")) {
                select.setInt(1, kind.ordinal());
                try (ResultSet found = select.executeQuery()) {
                    while (found.next()) {
                        all.add(reader.of(found));
                    }
                }
            }
            return all;
        });
    }

    /** Dropped samples by agent, and within it by reason. */
    Map<String, Map<String, Long>> drops() {
        return store.read(connection -> {
            Map<String, Map<String, Long>> drops = new LinkedHashMap<>();
            try (PreparedStatement select = connection.prepareStatement(
                    "select agent, reason, count(*) from"
                            + " build_outcome where revived = 0 and outcome = ? group by agent, reason order by agent, reason")) {
                select.setInt(1, Kind.DROPPED.ordinal());
                try (ResultSet found = select.executeQuery()) {
                    while (found.next()) {
                        drops.computeIfAbsent(found.getString(1), agent -> new LinkedHashMap<>())
                                .put(found.getString(2), found.getLong(3));
                    }
                }
            }
            return drops;
        });
    }

    /** Lets the dead letters be tried again, and returns how many they were. */
    int revive() {
        return store.write(connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "update build_outcome set revived = 1 where revived = 0 and outcome = ?")) {
                update.setInt(1, Kind.DEAD.ordinal());
                return update.executeUpdate();
            }
        });
    }
}
