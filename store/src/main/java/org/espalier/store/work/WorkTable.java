package org.espalier.store.work;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/** The statements on table {@code work} for one queue. */
final class WorkTable {
    private static final String INSERT =
            "insert into work (queue, stage, id, state, attempt, not_before, owner, reason,"
                    + " payload) values (?, ?, ?, ?, 1, 0, ?, '', ?) on conflict (queue, stage, id) do nothing";

    private final String queue;
    private final String end;
    private final String claim;
    private final String waiting;

    WorkTable(String queue, boolean postgres, String now) {
        this.queue = queue;
        this.end = "update work set state = ?, attempt = ?, not_before = case when ? = 0 then 0 else ? + " + now
                + " end, owner = '', reason = ? where seq = ? and state = 1 and owner = ?";
        this.claim =
                "update work set state = 1, owner = ? where seq in (select seq from work where queue = ? and stage = ?"
                        + " and state = 0 and not_before <= " + now + " order by not_before, seq limit ?"
                        + (postgres ? " for update skip locked" : "") + ") returning seq, id, payload, attempt, reason";
        this.waiting = "select count(*) from (select 1 from work where queue = ? and stage = ? and state = 0"
                + " and not_before <= " + now + " limit ?) as claimable";
    }

    String queue() {
        return queue;
    }

    /** Adds those that are not there and returns how many that were. */
    int add(Connection connection, Collection<NewItem> items) throws SQLException {
        int added = 0;
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (NewItem item : items) {
                insert(insert, item, State.WAITING, "");
                added += insert.executeUpdate();
            }
        }
        return added;
    }

    /** Adds {@code item} as already held by {@code owner}; empty if it was there. */
    OptionalLong addHeld(Connection connection, NewItem item, String owner) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT + " returning seq")) {
            insert(insert, item, State.IN_WORK, owner);
            try (ResultSet added = insert.executeQuery()) {
                return added.next() ? OptionalLong.of(added.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    private void insert(PreparedStatement insert, NewItem item, State state, String owner) throws SQLException {
        insert.setString(1, queue);
        insert.setString(2, item.stage());
        insert.setString(3, item.id());
        insert.setInt(4, state.ordinal());
        insert.setString(5, owner);
        insert.setString(6, item.payload());
    }

    /** Gives {@code owner} at most {@code limit} items of {@code stage} that may be done now. */
    List<Claimed> claim(Connection connection, String stage, int rank, int limit, String owner) throws SQLException {
        List<Claimed> claimed = new ArrayList<>();
        try (PreparedStatement update = connection.prepareStatement(claim)) {
            update.setString(1, owner);
            update.setString(2, queue);
            update.setString(3, stage);
            update.setInt(4, limit);
            try (ResultSet found = update.executeQuery()) {
                while (found.next()) {
                    claimed.add(new Claimed(
                            found.getLong(1),
                            rank,
                            new Item(
                                    queue,
                                    stage,
                                    found.getString(2),
                                    found.getString(3),
                                    found.getInt(4),
                                    found.getString(5))));
                }
            }
        }
        return claimed;
    }

    /** Ends what {@code owner} does on {@code claimed}; false if it was taken from it meanwhile. */
    boolean end(Connection connection, Claimed claimed, Ending ending, String owner) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(end)) {
            update.setInt(1, ending.state().ordinal());
            update.setInt(2, ending.attempt());
            update.setLong(3, ending.afterMillis());
            update.setLong(4, ending.afterMillis());
            update.setString(5, ending.reason());
            update.setLong(6, claimed.seq());
            update.setString(7, owner);
            return update.executeUpdate() == 1;
        }
    }

    /** Puts back what {@code owner} holds. */
    int release(Connection connection, String owner) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update work set state = 0, owner = '' where queue = ? and state = 1 and owner = ?")) {
            update.setString(1, queue);
            update.setString(2, owner);
            return update.executeUpdate();
        }
    }

    /**
     * Owners of items of {@code stage} in work who have no place in table {@code worker}. They are looked up before they
     * are released by name: an update that did both could hit an item that someone else claimed meanwhile.
     */
    List<String> strangers(Connection connection, String stage) throws SQLException {
        List<String> strangers = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select distinct owner from work where queue = ? and stage = ? and state = 1"
                        + " and not exists (select 1 from worker where worker.owner = work.owner)")) {
            select.setString(1, queue);
            select.setString(2, stage);
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    strangers.add(found.getString(1));
                }
            }
        }
        return strangers;
    }

    int revive(Connection connection) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update work set state = 0, attempt = 1, not_before = 0, reason = '' where queue = ? and state = 3")) {
            update.setString(1, queue);
            return update.executeUpdate();
        }
    }

    /** How many items of {@code stage} may be claimed now; counts no further than {@code limit}. */
    int waiting(Connection connection, String stage, int limit) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(waiting)) {
            select.setString(1, queue);
            select.setString(2, stage);
            select.setInt(3, limit);
            try (ResultSet found = select.executeQuery()) {
                found.next();
                return found.getInt(1);
            }
        }
    }

    /** Whether an item of {@code stage} waits or is in work, here or elsewhere. */
    boolean open(Connection connection, String stage) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select 1 from work where queue = ? and stage = ? and state in (0, 1) limit 1")) {
            select.setString(1, queue);
            select.setString(2, stage);
            try (ResultSet found = select.executeQuery()) {
                return found.next();
            }
        }
    }
}
