package org.espalier.ssui.review;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.espalier.core.SurroundingsException;

/** Statements and transactions over JDBC. */
final class JdbcAccess {
    /** Work on one connection. */
    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Makes a value of the row that the cursor stands on. */
    @FunctionalInterface
    interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    private final DataSource source;

    JdbcAccess(DataSource source) {
        this.source = source;
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

    static <T> List<T> list(Connection connection, Reading<T> reading, String sql, Object... values)
            throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, values);
                ResultSet rows = statement.executeQuery()) {
            List<T> found = new ArrayList<>();
            while (rows.next()) {
                found.add(reading.of(rows));
            }
            return found;
        }
    }

    static <T> Optional<T> first(Connection connection, Reading<T> reading, String sql, Object... values)
            throws SQLException {
        return list(connection, reading, sql, values).stream().findFirst();
    }

    /** @return how many rows were written */
    static int update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, values)) {
            return statement.executeUpdate();
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... values) throws SQLException {
        return fill(connection.prepareStatement(sql), values);
    }

    /** Gives a statement that is used many times its next parameters. */
    static PreparedStatement fill(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }
}
