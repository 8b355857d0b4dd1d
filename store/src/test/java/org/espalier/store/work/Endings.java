package org.espalier.store.work;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.espalier.store.Store;

/** Tasks that write one row at their end, which says that they are finished. */
record Endings(Store store, int count, Step step) implements Tasks {
    static final List<String> ROOM = List.of("org/espalier/store/room/migrations");

    /** What a task does before its end: the text of its row. */
    interface Step {
        String text(String id, StopSignal stop) throws InterruptedException;
    }

    @Override
    public List<String> ids() {
        return IntStream.range(0, count).mapToObj(i -> "i" + i).toList();
    }

    @Override
    public List<String> unfinished(List<String> ids) {
        return store.read(connection -> {
            try (var select = connection.prepareStatement("select 1 from ending where id = ?")) {
                return ids.stream().filter(id -> !found(select, id)).toList();
            }
        });
    }

    private static boolean found(java.sql.PreparedStatement select, String id) {
        try {
            select.setString(1, id);
            try (var row = select.executeQuery()) {
                return row.next();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void run(String id, StopSignal stop) throws InterruptedException {
        if (unfinished(List.of(id)).isEmpty()) {
            return;
        }
        String text = step.text(id, stop);
        store.write(connection -> {
            try (var insert = connection.prepareStatement(
                    "insert into ending (id, text) values (?, ?) on conflict (id) do nothing")) {
                insert.setString(1, id);
                insert.setString(2, text);
                return insert.executeUpdate();
            }
        });
    }

    /** The rows by id. */
    static Map<String, String> written(Store store) {
        return store.read(connection -> {
            Map<String, String> rows = new TreeMap<>();
            try (var statement = connection.createStatement();
                    var found = statement.executeQuery("select id, text from ending")) {
                while (found.next()) {
                    rows.put(found.getString(1), found.getString(2));
                }
            }
            return rows;
        });
    }
}
