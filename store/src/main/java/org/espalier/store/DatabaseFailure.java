package org.espalier.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.espalier.core.InputException;
import org.espalier.core.SurroundingsException;

/** SQLite's result codes and PostgreSQL's states in one sentence each. */
final class DatabaseFailure {
    private static final int PRIMARY = 0xff;
    /** The file that processes share could not grow. */
    private static final int SHARED_SIZE = 10 | 19 << 8;
    /** Below this nothing can be written in peace. */
    private static final long LITTLE = 64 << 10;

    private DatabaseFailure() {}

    static RuntimeException ofSqlite(String name, SQLException cause) {
        int code = cause.getErrorCode();
        // A full disk also shows as an I/O error, or as a transaction that is gone when it is to be committed.
        boolean full = code == SHARED_SIZE || ((code & PRIMARY) == 10 || (code & PRIMARY) == 1) && isFull(name);
        return switch (full ? 13 : code & PRIMARY) {
            case 5, 6 ->
                new SurroundingsException(
                        "The store " + name + " is locked by another program: end it, or wait for it, and start again.",
                        cause);
            case 8, 3 ->
                new SurroundingsException("The store " + name + " may not be written: look at its rights.", cause);
            case 10 -> new SurroundingsException("The disk under the store " + name + " fails: " + said(cause), cause);
            case 11, 26 ->
                new InputException(
                        "The store " + name + " is damaged or not a store: put a copy of it back, or move it away.",
                        cause);
            case 13 ->
                new SurroundingsException(
                        "The disk under the store " + name + " is full: make room and start again, nothing is lost.",
                        cause);
            case 14 ->
                new SurroundingsException(
                        "The store " + name + " cannot be opened or made: look at the folder's rights.", cause);
            default -> new SurroundingsException("The store " + name + " refuses: " + said(cause), cause);
        };
    }

    static RuntimeException ofPostgres(String name, SQLException cause) {
        String state = cause.getSQLState() == null ? "" : cause.getSQLState();
        if (state.startsWith("08") || state.startsWith("57P")) {
            return new SurroundingsException(
                    "The database " + name
                            + " does not answer: see whether it runs and can be reached, and start again.",
                    cause);
        }
        return switch (state) {
            case "28000", "28P01" -> new InputException("The database " + name + " refuses user or password.", cause);
            case "3D000" -> new InputException("There is no database " + name + ": make it first.", cause);
            case "42501" -> new InputException("The user may not write in the database " + name + ".", cause);
            case "53100" ->
                new SurroundingsException(
                        "The disk under the database " + name + " is full: make room and start again, nothing is lost.",
                        cause);
            case "53300" ->
                new SurroundingsException("The database " + name + " has no room for another connection.", cause);
            default -> new SurroundingsException("The database " + name + " refuses: " + said(cause), cause);
        };
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
