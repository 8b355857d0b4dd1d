package org.espalier.store;

import com.zaxxer.hikari.HikariDataSource;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.espalier.core.InputException;
import org.espalier.core.SurroundingsException;

/**
 * A database with the tables of the rooms that opened it: a SQLite file on one machine, PostgreSQL where several work
 * together. What {@link #write} has returned from survives a crash of the process and of the machine. Thread-safe;
 * every method may block and is at home on virtual threads.
 */
public final class Store implements AutoCloseable {
    /** The name of the SQLite file in a run folder. */
    public static final String FILE = "store.db";

    private static final String OWN_MIGRATIONS = "org/espalier/store/migrations";
    private static final String SHARED_MIGRATIONS = "org/espalier/store/shared";

    private final Database database;
    private final HikariDataSource pool;
    private final GroupCommit writer;
    private final Journal journal;

    private Store(Database database, HikariDataSource pool) {
        this.database = database;
        this.pool = pool;
        this.writer = new GroupCommit(database);
        this.journal = new Journal(this);
    }

    /**
     * Opens the store at {@code jdbcUrl} ({@code jdbc:sqlite:FILE} or {@code jdbc:postgresql:...}) with the tables of
     * this room alone.
     */
    public static Store open(String jdbcUrl) {
        return open(jdbcUrl, List.of());
    }

    /**
     * Opens the store at {@code jdbcUrl} and brings the tables up to date.
     *
     * @param migrations folders on the class path with each room's Flyway migrations ({@code V1__drafts.sql}), such as
     *     {@code org/espalier/ssui/review/migrations}; versions of different folders have nothing to do with each other.
     *     {@code ${database}} in such a name stands for {@code sqlite} or {@code postgresql}.
     *     In them {@code ${bytes}} stands for the type of raw bytes and {@code ${identity}} for a counting primary key.
     * @throws InputException when the address is not one, or the store was written by a newer Espalier or is no store
     * @throws SurroundingsException when it cannot be reached or written
     */
    public static Store open(String jdbcUrl, List<String> migrations) {
        Database database = Database.at(jdbcUrl);
        HikariDataSource pool = database.pool();
        try {
            database.refusePrograms(pool);
            List<String> folders = new ArrayList<>(List.of(OWN_MIGRATIONS));
            if (database.postgres()) {
                folders.add(SHARED_MIGRATIONS);
            }
            String kind = database.postgres() ? "postgresql" : "sqlite";
            migrations.forEach(folder -> folders.add(folder.replace("${database}", kind)));
            Migrations.apply(database, folders);
            return new Store(database, pool);
        } catch (RuntimeException | Error e) {
            pool.close();
            throw e;
        }
    }

    /** An address as it may be shown: without a password. */
    public static String shown(String jdbcUrl) {
        return jdbcUrl.replaceFirst("//([^/@:]*):[^/@]*@", "//$1@")
                .replaceAll("(?i)(?<=[?&])(ssl)?password=[^&]*&?", "")
                .replaceFirst("[?&]$", "");
    }

    /** Opens {@code folder/store.db}, which is made if it is not there; the folder is. */
    public static Store inFolder(Path folder) {
        return inFolder(folder, List.of());
    }

    /** Opens {@code folder/store.db} with the tables of {@code migrations} too. */
    public static Store inFolder(Path folder, List<String> migrations) {
        return open(urlIn(folder), migrations);
    }

    /** The address of {@code folder/store.db}, for {@link #open}. */
    public static String urlIn(Path folder) {
        return "jdbc:sqlite:" + folder.resolve(FILE);
    }

    /**
     * Connections for reading, in autocommit. On SQLite a transaction opened on one of them takes the only write lock at
     * once: write through {@link #write}.
     */
    public DataSource dataSource() {
        return pool;
    }

    /** Whether this is PostgreSQL, which several machines may use at once. */
    public boolean postgres() {
        return database.postgres();
    }

    /** The answers of providers. */
    public Journal journal() {
        return journal;
    }

    /**
     * A limit by the minute that all processes share.
     *
     * @param name what is limited
     * @throws IllegalStateException where the store is SQLite, which one process has to itself
     */
    public SharedRate sharedRate(String name) {
        requireShared();
        return new SharedRate(this, name);
    }

    /**
     * What this process may spend of a budget that all processes share.
     *
     * @param provider as the journal names it
     * @param lease how long the others leave this process its share when it gives no sign of life
     * @throws IllegalStateException where the store is SQLite, which one process has to itself
     */
    public SharedAllowance sharedAllowance(String provider, BigDecimal budget, Duration lease) {
        requireShared();
        return new SharedAllowance(this, provider, budget, lease);
    }

    private void requireShared() {
        if (!postgres()) {
            throw new IllegalStateException("Only a store on PostgreSQL is shared by several processes");
        }
    }

    /** Where the store is, without user and password: for sentences. */
    public String name() {
        return database.name();
    }

    /** The present moment as SQL, in milliseconds since 1970 by the database's clock, which all processes share. */
    public String now() {
        return database.now();
    }

    /** Reads; every statement stands by itself. */
    public <T> T read(Transaction<T> transaction) {
        return autocommit(transaction);
    }

    /**
     * Runs statements that commit one by one, not together with other writers: for rows that many processes change, so
     * that each is locked for no longer than its own change. On PostgreSQL alone.
     */
    <T> T autocommit(Transaction<T> transaction) {
        try (Connection connection = pool.getConnection()) {
            return transaction.run(connection);
        } catch (SQLException e) {
            throw database.failure(e);
        }
    }

    /**
     * Writes in one transaction and returns when it is on the disk. Writers that come at the same time share the
     * commit.
     */
    public <T> T write(Transaction<T> transaction) {
        return writer.run(transaction);
    }

    /**
     * Writes in one transaction, not together with other writers, so that it is run once. SQLite lets one write at a time:
     * the transaction waits for its turn before it has read anything.
     */
    public <T> T alone(Transaction<T> transaction) {
        return autocommit(connection -> {
            connection.setAutoCommit(false);
            try {
                T found = transaction.run(connection);
                connection.commit();
                return found;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        });
    }

    /** Closes after what is being written. */
    @Override
    public void close() {
        writer.close();
        pool.close();
    }
}
