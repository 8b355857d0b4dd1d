package org.espalier.ssui.review;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.espalier.core.SurroundingsException;

/** Transactions over JDBC. */
record JdbcAccess(DataSource source) {
    /** Work on one connection. */
    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Runs work that reads. */
    <T> T read(Work<T> work) {
        try (Connection connection = source.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw broken(e);
        }
    }

    /**
     * Runs work that is kept whole, or, where it throws, not at all. SQLite lets one transaction write at a time: work
     * begins with a statement that writes, so that it waits its turn before it has read anything.
     */
    <T> T write(Work<T> work) {
        try (Connection connection = source.getConnection()) {
            boolean before = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                T result = work.on(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(before);
            }
        } catch (SQLException e) {
            throw broken(e);
        }
    }

    static SurroundingsException broken(SQLException e) {
        return new SurroundingsException("the store of drafts could not be used: " + e.getMessage(), e);
    }
}
