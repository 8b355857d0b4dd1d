package org.espalier.store.work;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.espalier.store.Store;

/** The rows of db-scheduler's table that bear one name: those that are due, and those that some process works on. */
record ScheduledTasks(Store store, String name) {
    /**
     * How many there are.
     *
     * @param due not yet started
     * @param all due or in work anywhere
     */
    record Count(long due, long all) {}

    Count count() {
        return store.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select count(*) filter (where not picked), count(*) from scheduled_tasks where task_name = ?")) {
                select.setString(1, name);
                try (ResultSet found = select.executeQuery()) {
                    found.next();
                    return new Count(found.getLong(1), found.getLong(2));
                }
            }
        });
    }

    /** Makes those due that are not there yet. */
    void add(List<String> ids) {
        if (ids.isEmpty()) {
            return;
        }
        store.write(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("insert into scheduled_tasks"
                    + " (task_name, task_instance, execution_time, picked, version)"
                    + " values (?, ?, clock_timestamp(), false, 1) on conflict do nothing")) {
                for (String id : ids) {
                    insert.setString(1, name);
                    insert.setString(2, id);
                    insert.addBatch();
                }
                return insert.executeBatch();
            }
        });
    }

    /** How far the database's clock is ahead of this machine's: processes on different machines go by the former. */
    Duration clockOffset() {
        return store.read(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet found = statement.executeQuery("select " + store.now())) {
                found.next();
                return Duration.between(Instant.now(), Instant.ofEpochMilli(found.getLong(1)));
            }
        });
    }
}
