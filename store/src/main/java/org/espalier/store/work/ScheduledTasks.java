package org.espalier.store.work;

import java.sql.PreparedStatement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

    /** Makes those due that are not there yet: at once, whatever any clock says. */
    void add(List<String> ids) {
        if (ids.isEmpty()) {
            return;
        }
        store.write(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("insert into scheduled_tasks"
                    + " (task_name, task_instance, execution_time, picked, version)"
                    + " values (?, ?, to_timestamp(0), false, 1) on conflict do nothing")) {
                for (String id : ids) {
                    Statements.fill(insert, name, id).addBatch();
                }
                return insert.executeBatch();
            }
        });
    }

    /**
     * What the time is, and was for others.
     *
     * @param scheduler the name of the process that asks
     */
    RunClock.Sight sight(String scheduler) {
        return store.read(connection -> Statements.first(
                        connection,
                        row -> new RunClock.Sight(
                                Instant.ofEpochMilli(row.getLong(1)),
                                Optional.ofNullable(row.getTimestamp(2)).map(Timestamp::toInstant)),
                        "select " + store.now()
                                + ", (select max(last_heartbeat) from scheduled_tasks where task_name = ?"
                                + " and picked and picked_by <> ?)",
                        name,
                        scheduler)
                .orElseThrow());
    }
}
