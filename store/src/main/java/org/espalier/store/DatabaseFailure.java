package org.espalier.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import org.espalier.core.InputException;
import org.espalier.core.SurroundingsException;

/** SQLite's result codes and PostgreSQL's states in one sentence each. */
final class DatabaseFailure {
    private static final int PRIMARY = 0xff;
    /** The file that processes share could not grow. */
    private static final int SHARED_SIZE = 10 | 19 << 8;
    /** States that somebody's word brings about, not the surroundings. */
    private static final Set<String> INPUT = Set.of("28000", "28P01", "3D000", "42501");
    /** Below this nothing can be written in peace. */
    private static final long LITTLE = 64 << 10;

    private DatabaseFailure() {}

    static RuntimeException ofSqlite(String name, SQLException cause) {
        int code = cause.getErrorCode();
        // A full disk also shows as an I/O error, or as a transaction that is gone when it is to be committed.
        boolean full = code == SHARED_SIZE || ((code & PRIMARY) == 10 || (code & PRIMARY) == 1) && isFull(name);
        int primary = full ? 13 : code & PRIMARY;
        String store = "The store " + name;
        String disk = "The disk under the store " + name;
        String sentence = switch (primary) {
            case 5, 6 -> store + " is locked by another program: end it, or wait for it, and start again.";
            case 8, 3 -> store + " may not be written: look at its rights.";
            case 10 -> disk + " fails: " + said(cause);
            case 11, 26 -> store + " is damaged or not a store: put a copy of it back, or move it away.";
            case 13 -> disk + " is full: make room and start again, nothing is lost.";
            case 14 -> store + " cannot be opened or made: look at the folder's rights.";
            default -> store + " refuses: " + said(cause);
        };
        return primary == 11 || primary == 26
                ? new InputException(sentence, cause)
                : new SurroundingsException(sentence, cause);
    }

    static RuntimeException ofPostgres(String name, SQLException cause) {
        String state = cause.getSQLState() == null ? "" : cause.getSQLState();
        String database = "The database " + name;
        boolean silent = state.startsWith("08") || state.startsWith("57P");
        String sentence = switch (silent ? "08" : state) {
            case "08" -> database + " does not answer: see whether it runs and can be reached, and start again.";
            case "28000", "28P01" -> database + " refuses user or password.";
            case "3D000" -> "There is no database " + name + ": make it first.";
            case "42501" -> "The user may not write in the database " + name + ".";
            case "53100" ->
                "The disk under the database " + name + " is full: make room and start again, nothing is lost.";
            case "53300" -> database + " has no room for another connection.";
            default -> database + " refuses: " + said(cause);
        };
        return INPUT.contains(state) ? new InputException(sentence, cause) : new SurroundingsException(sentence, cause);
    }

    private static boolean isFull(String name) {
        try {
            return Files.getFileStore(Path.of(name)).getUsableSpace() < LITTLE;
        } catch (IOException | InvalidPathException e) {
            return false;
        }
    }

    private static String said(SQLException cause) {
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("") + ".";
    }
}
