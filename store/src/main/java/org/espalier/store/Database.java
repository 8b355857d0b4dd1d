package org.espalier.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.espalier.core.InputException;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.OwnerOnly;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * What differs between SQLite and PostgreSQL.
 *
 * @param url with user and password, where they are in it
 * @param name without them
 */
record Database(String url, String name, boolean postgres) {
    private static final String SQLITE = "jdbc:sqlite:";
    private static final String POSTGRESQL = "jdbc:postgresql:";
    private static final Pattern BUSY = Pattern.compile("[?&]busy_timeout=([0-9]{1,8})");
    /** As PostgreSQL's own programs have it; a password in an address is seen in the list of processes. */
    private static final String PASSWORD = "PGPASSWORD";

    /** SQLite's files: a folder from elsewhere may hold links in their place, which SQLite follows. */
    private static final List<String> FILES = List.of("", "-wal", "-shm", "-journal");

    private static final int BUSY_MILLIS = 10_000;
    private static final int READERS = 8;

    /** The database at {@code url}. */
    static Database at(String url) {
        if (url.startsWith(POSTGRESQL)) {
            return new Database(url, url.replaceFirst("\\?.*", "").replaceFirst("//[^/@]*@", "//"), true);
        }
        if (!url.startsWith(SQLITE)) {
            throw new InputException("A store's address begins with jdbc:sqlite: or jdbc:postgresql:, which '"
                    + url.replaceFirst("(?s)[?@/].*", "...") + "' does not.");
        }
        Path file = Path.of(url.substring(SQLITE.length()).replaceFirst("\\?.*", ""));
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new InputException("The folder of the store " + file + " does not exist: make it first.");
        }
        if (!file.toString().startsWith(":") && !file.toString().startsWith("file:")) {
            FILES.forEach(ending -> {
                Path beside = file.resolveSibling(file.getFileName() + ending);
                FileTrouble.refuseLink(beside);
                FileTrouble.refusePipe(beside);
            });
            OwnerOnly.file(file);
        }
        return new Database(url, file.toString(), false);
    }

    /** Plain connections, for the migrations. */
    DataSource source(boolean immediate) {
        if (postgres) {
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setUrl(url);
            if (source.getPassword() == null) {
                source.setPassword(System.getenv(PASSWORD));
            }
            source.setReWriteBatchedInserts(true);
            return source;
        }
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        Matcher patience = BUSY.matcher(url);
        config.setBusyTimeout(patience.find() ? Integer.parseInt(patience.group(1)) : BUSY_MILLIS);
        config.enforceForeignKeys(true);
        config.setTransactionMode(
                immediate ? SQLiteConfig.TransactionMode.IMMEDIATE : SQLiteConfig.TransactionMode.DEFERRED);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl(url);
        return source;
    }

    /** The pool, already connected once. */
    HikariDataSource pool() {
        HikariConfig config = new HikariConfig();
        config.setPoolName("store");
        config.setDataSource(source(true));
        config.setMaximumPoolSize(READERS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(postgres ? 15_000 : 60_000);
        try {
            return new HikariDataSource(config);
        } catch (HikariPool.PoolInitializationException e) {
            throw failure(e.getCause() instanceof SQLException cause ? cause : new SQLException(e.getMessage(), e));
        }
    }

    /**
     * Refuses a SQLite file that brings programs along. A view in the place of a table, or a trigger, is run by whoever reads
     * or writes, and may never end; a store has neither.
     */
    void refusePrograms(DataSource source) {
        if (postgres) {
            return;
        }
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        "select type, name from sqlite_schema where type in ('view', 'trigger') limit 1")) {
            if (found.next()) {
                throw new InputException("The store " + name + " holds a " + found.getString(1) + " (\""
                        + found.getString(2) + "\"), which no Espalier made: take another store.");
            }
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** Writing connections: SQLite has one writer; PostgreSQL's wait for the network each for itself. */
    int writers() {
        return postgres ? 4 : 1;
    }

    String now() {
        return postgres
                ? "cast(extract(epoch from clock_timestamp()) * 1000 as bigint)"
                : "cast(unixepoch('subsec') * 1000 as integer)";
    }

    /** One sentence for what the database says. */
    RuntimeException failure(SQLException cause) {
        if (cause.getCause() instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            return new CancellationException("interrupted while the database was waited for");
        }
        if (cause instanceof SQLDataException && cause.getCause() instanceof RuntimeException) {
            return new InputException(
                    "The store " + name + " holds a row that is not as it was written: put a copy of the store back.",
                    cause);
        }
        return postgres ? DatabaseFailure.ofPostgres(name, cause) : DatabaseFailure.ofSqlite(name, cause);
    }
}
