package org.espalier.store.work;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The statements on table {@code worker} for one queue: who is at work, and who gave no sign of life for too long. */
final class WorkerTable {
    private final String queue;
    private final String now;

    WorkerTable(String queue, String now) {
        this.queue = queue;
        this.now = now;
    }

    /** Says that {@code owner} lives for another {@code lease}. */
    boolean sign(Connection connection, Owner owner, Duration lease) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement(
                "insert into worker (owner, queue, host, pid, started, alive_until) values (?, ?, ?, ?, ?, ? + " + now
                        + ") on conflict (owner) do update set alive_until = excluded.alive_until")) {
            upsert.setString(1, owner.id());
            upsert.setString(2, queue);
            upsert.setString(3, owner.host());
            upsert.setLong(4, owner.pid());
            upsert.setLong(5, owner.started());
            upsert.setLong(6, lease.toMillis());
            return upsert.executeUpdate() == 1;
        }
    }

    void leave(Connection connection, String owner) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from worker where owner = ?")) {
            delete.setString(1, owner);
            delete.executeUpdate();
        }
    }

    /** Those of the queue whose time is up, or whom {@code self} knows to be dead. */
    List<String> lost(Connection connection, Owner self) throws SQLException {
        List<String> lost = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("select owner, host, pid, started, alive_until < "
                + now + " from worker where queue = ? and owner <> ?")) {
            select.setString(1, queue);
            select.setString(2, self.id());
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    Owner other = new Owner(found.getString(1), found.getString(2), found.getLong(3), found.getLong(4));
                    if (found.getBoolean(5) || self.knowsDead(other)) {
                        lost.add(other.id());
                    }
                }
            }
        }
        return lost;
    }
}
