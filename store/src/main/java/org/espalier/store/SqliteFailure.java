package org.espalier.store;

import java.sql.SQLException;
import org.espalier.core.InputException;
import org.espalier.core.SurroundingsException;

/** SQLite's result codes in one sentence each. */
final class SqliteFailure {
    private static final int PRIMARY = 0xff;

    private SqliteFailure() {}

    static RuntimeException of(String name, SQLException cause) {
        return switch (cause.getErrorCode() & PRIMARY) {
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

    private static String said(SQLException cause) {
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("") + ".";
    }
}
