package org.espalier.ssui.build;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.core.file.Json;
import org.espalier.ssui.agent.Drop;
import org.espalier.ssui.agent.Received;
import org.espalier.store.Store;

/** What a build keeps besides work and drafts: what was dropped and why, and dead letters with all they received. */
record BuildTables(Store store) {
    static void drop(Connection connection, Drop drop) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into build_drop"
                + " (id, stage, reason, said, response) values (?, ?, ?, ?, ?) on conflict (id) do nothing")) {
            insert.setString(1, drop.id());
            insert.setString(2, drop.stage());
            insert.setString(3, drop.reason());
            insert.setString(4, drop.said());
            insert.setString(5, drop.response());
            insert.executeUpdate();
        }
    }

    static void letter(Connection connection, String id, String stage, String reason, List<Received> received)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into build_letter (id, stage, reason, received) values (?, ?, ?, ?)")) {
            insert.setString(1, id);
            insert.setString(2, stage);
            insert.setString(3, reason);
            insert.setString(4, Json.line(Json.tree(received)));
            insert.executeUpdate();
        }
    }

    /** Every dropped sketch. */
    List<Drop> dropped() {
        return store.read(connection -> {
            List<Drop> dropped = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(
                            "select id, stage, reason, said, response from build_drop order by id");
                    ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    dropped.add(new Drop(
                            found.getString(1),
                            found.getString(2),
                            found.getString(3),
                            found.getString(4),
                            found.getString(5)));
                }
            }
            return dropped;
        });
    }

    /** Dropped sketches by stage, and within it by reason. */
    Map<String, Map<String, Long>> drops() {
        return store.read(connection -> {
            Map<String, Map<String, Long>> drops = new LinkedHashMap<>();
            try (PreparedStatement select = connection.prepareStatement("select stage, reason, count(*) from build_drop"
                            + " group by stage, reason order by stage, reason");
                    ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    drops.computeIfAbsent(found.getString(1), stage -> new LinkedHashMap<>())
                            .put(found.getString(2), found.getLong(3));
                }
            }
            return drops;
        });
    }

    /** How often each item of a stage has died: stage and id, joined by a slash. */
    Map<String, Integer> deaths() {
        return store.read(connection -> {
            Map<String, Integer> deaths = new LinkedHashMap<>();
            try (PreparedStatement select = connection.prepareStatement(
                            "select stage, id, count(*) from build_letter group by stage, id");
                    ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    deaths.put(found.getString(1) + "/" + found.getString(2), found.getInt(3));
                }
            }
            return deaths;
        });
    }

    /** The last letter of each item that is dead now. */
    List<Letter> letters(String queue) {
        return store.read(connection -> {
            List<Letter> letters = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(
                    "select w.id, w.stage, w.reason, coalesce((select l.received from build_letter l where"
                            + " l.stage = w.stage and l.id = w.id order by l.seq desc limit 1), '[]')"
                            + " from work w where w.queue = ? and w.state = 3 order by w.id, w.stage")) {
                select.setString(1, queue);
                try (ResultSet found = select.executeQuery()) {
                    while (found.next()) {
                        letters.add(new Letter(
                                found.getString(1),
                                found.getString(2),
                                found.getString(3),
                                Json.parse(found.getString(4))));
                    }
                }
            }
            return letters;
        });
    }
}
