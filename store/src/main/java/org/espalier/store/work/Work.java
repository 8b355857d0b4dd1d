package org.espalier.store.work;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.espalier.store.Store;

/** The items of one queue: adding, counting, looking at dead letters. {@link Crew} does them. */
public final class Work {
    private final Store store;
    private final String queue;
    private final WorkTable table;

    private Work(Store store, String queue) {
        this.store = store;
        this.queue = queue;
        this.table = new WorkTable(queue, store.postgres(), store.now());
    }

    /** The queue of that name in {@code store}; it begins to exist with its first item. */
    public static Work in(Store store, String queue) {
        return new Work(store, queue);
    }

    /** Adds the items that are not there yet, all or none, and returns how many that were. */
    public int add(Collection<NewItem> items) {
        return store.write(connection -> table.add(connection, items));
    }

    /** How each stage stands, in the order of their names. */
    public Map<String, StageCount> counts() {
        return store.read(connection -> {
            Map<String, StageCount> counts = new TreeMap<>();
            try (PreparedStatement select = connection.prepareStatement(
                    "select stage, state, count(*) from work where queue = ? group by stage, state")) {
                select.setString(1, queue);
                try (ResultSet found = select.executeQuery()) {
                    while (found.next()) {
                        StageCount count = State.values()[found.getInt(2)].count(found.getString(1), found.getLong(3));
                        counts.merge(count.stage(), count, StageCount::plus);
                    }
                }
            }
            return counts;
        });
    }

    /** Lets the dead letters be tried again from the first attempt, and returns how many they were. */
    public int revive() {
        return store.write(connection -> table.revive(connection));
    }
}
