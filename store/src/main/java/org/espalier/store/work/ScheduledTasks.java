package org.espalier.store.work;

import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.espalier.store.Statements;
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
        return store.read(connection -> Statements.first(
                        connection,
                        row -> new Count(row.getLong(1), row.getLong(2)),
                        "select count(*) filter (where not picked), count(*) from scheduled_tasks where task_name = ?",
                        name)
                .orElseThrow());
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
                    Statements.fill(insert, name, id).addBatch();
                }
                return insert.executeBatch();
            }
        });
    }

    /** How far the database's clock is ahead of this machine's: processes on different machines go by the former. */
    Duration clockOffset() {
        long database =
                store.read(connection -> Statements.first(connection, row -> row.getLong(1), "select " + store.now())
                        .orElseThrow());
        return Duration.between(Instant.now(), Instant.ofEpochMilli(database));
    }
}
