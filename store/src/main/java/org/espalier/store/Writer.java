package org.espalier.store;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** One writing connection, opened again after it broke. Used by one thread. */
final class Writer implements AutoCloseable {
    private final DataSource source;
    private @Nullable Connection connection;

    Writer(DataSource source) {
        this.source = source;
    }

    /** Begins a transaction; SQLite takes its write lock now, so that none fails for it half-way. */
    Connection begin() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = StatementCache.over(source.getConnection());
            connection = open;
        }
        open.setAutoCommit(false);
        return open;
    }

    /**
     * Commits. The change of mode is what commits: SQLite's {@code commit} would begin the next transaction, and keep the
     * lock, at once.
     */
    void commit(Connection open) throws SQLException {
        open.setAutoCommit(true);
    }

    /** Undoes what the failed group wrote; a connection that cannot even do that is given up. */
    void rollBack() {
        if (connection != null) {
            try {
                connection.rollback();
                connection.setAutoCommit(true);
            } catch (SQLException e) {
                close();
            }
        }
    }

    @Override
    public void close() {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                // It was already gone.
            }
            connection = null;
        }
    }
}
