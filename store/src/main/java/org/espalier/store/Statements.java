package org.espalier.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One statement with its parameters. */
public final class Statements {
    /** Makes a value of the row that the cursor stands on. */
    @FunctionalInterface
    public interface RowReader<T extends @Nullable Object> {
        T read(ResultSet row) throws SQLException;
    }

    private Statements() {}

    /** Every row that a query finds. */
    public static <T extends @Nullable Object> List<T> list(
            Connection connection, RowReader<T> reader, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = fill(connection.prepareStatement(sql), values);
                ResultSet rows = statement.executeQuery()) {
            List<T> found = new ArrayList<>();
            while (rows.next()) {
                found.add(reader.read(rows));
            }
            return found;
        }
    }

    /** The first row that a query finds. */
    public static <T> Optional<T> first(Connection connection, RowReader<T> reader, String sql, Object... values)
            throws SQLException {
        return list(connection, reader, sql, values).stream().findFirst();
    }

    /** Writes, and returns how many rows were written. */
    public static int update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = fill(connection.prepareStatement(sql), values)) {
            return statement.executeUpdate();
        }
    }

    /** Gives a statement that is used many times its next parameters. */
    public static PreparedStatement fill(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }
}
