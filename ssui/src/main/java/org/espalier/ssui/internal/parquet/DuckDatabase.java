package org.espalier.ssui.internal.parquet;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.espalier.core.SurroundingsException;

/** A database of its own in this process; one thread, so that what it writes is the same each time. */
public final class DuckDatabase {
    private DuckDatabase() {}

    /** Opens it. Results come as they are read instead of all at once. */
    public static Connection open() {
        Properties settings = new Properties();
        settings.setProperty("jdbc_stream_results", "true");
        try {
            Connection connection = DriverManager.getConnection("jdbc:duckdb:", settings);
            try (Statement sql = connection.createStatement()) {
                sql.execute("SET threads = 1");
                sql.execute("SET memory_limit = '512MB'");
                sql.execute("SET autoinstall_known_extensions = false");
                sql.execute("SET autoload_known_extensions = false");
            }
            return connection;
        } catch (SQLException e) {
            throw new SurroundingsException("the Parquet library does not start: " + said(e), e);
        }
    }

    /** A path as a literal of SQL. */
    public static String quoted(Path file) {
        return quoted(file.toString());
    }

    /** A text as a literal of SQL. */
    public static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** A name of a column as SQL has it. */
    public static String name(String column) {
        return '"' + column.replace("\"", "\"\"") + '"';
    }

    /** The first line of what went wrong. */
    public static String said(SQLException e) {
        String message = e.getMessage();
        return message == null
                ? e.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
