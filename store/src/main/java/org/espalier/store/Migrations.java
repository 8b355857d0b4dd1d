package org.espalier.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.espalier.core.InputException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/** Brings the tables of one room up to date; each room has its own history. */
final class Migrations {
    private Migrations() {}

    /**
     * Brings the tables of {@code folders} up to date, in their order. Several processes that open an empty PostgreSQL
     * database at once take turns: Flyway's own lock begins only after it has made its history table.
     */
    static void apply(Database database, List<String> folders) {
        if (!database.postgres()) {
            folders.forEach(folder -> apply(database, folder));
            return;
        }
        try (Connection lock = database.source(false).getConnection();
                PreparedStatement turn = lock.prepareStatement("select pg_advisory_lock(hashtext(?))")) {
            turn.setString(1, "espalier migrations");
            turn.execute();
            folders.forEach(folder -> apply(database, folder));
        } catch (SQLException e) {
            throw database.failure(e);
        }
    }

    private static void apply(Database database, String folder) {
        Flyway flyway = Flyway.configure()
                .dataSource(database.source(false))
                .locations("classpath:" + folder)
                .table(history(folder))
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .failOnMissingLocations(true)
                .placeholders(Map.of(
                        "bytes", database.postgres() ? "bytea" : "blob",
                        "identity",
                                database.postgres()
                                        ? "bigint generated always as identity primary key"
                                        : "integer primary key"))
                .load();
        try {
            if (Arrays.stream(flyway.info().applied()).anyMatch(Migrations::unknown)) {
                throw new InputException("The store " + database.name()
                        + " was written by a newer Espalier: use that one, or another store.");
            }
            flyway.migrate();
        } catch (InputException e) {
            throw e;
        } catch (RuntimeException e) {
            // Flyway's own, and what it stumbles over where its table was damaged.
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof SQLException sql) {
                    throw database.failure(sql);
                }
            }
            throw new InputException(
                    "The store " + database.name() + " does not have the tables this Espalier made: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse("") + ".",
                    e);
        }
    }

    private static boolean unknown(MigrationInfo info) {
        return info.getState() == MigrationState.FUTURE_SUCCESS || info.getState() == MigrationState.FUTURE_FAILED;
    }

    /** {@code org/espalier/ssui/review/migrations} keeps its history in {@code history_ssui_review}. */
    private static String history(String folder) {
        return "history_"
                + folder.replaceFirst("^org/espalier/", "")
                        .replaceFirst("/migrations/?$", "")
                        .replaceAll("\\W+", "_");
    }
}
