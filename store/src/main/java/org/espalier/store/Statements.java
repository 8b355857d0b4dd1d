package org.espalier.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.espalier.core.InputException;
import org.espalier.core.SurroundingsException;
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
                found.add(read(reader, rows));
            }
            return found;
        }
    }

    /** What a row cannot be read as was not written so: the file was damaged, or came from elsewhere. */
    private static <T extends @Nullable Object> T read(RowReader<T> reader, ResultSet row) throws SQLException {
        try {
            return reader.read(row);
        } catch (InputException | SurroundingsException | CancellationException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new SQLDataException(e);
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
