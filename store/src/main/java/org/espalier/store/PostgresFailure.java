package org.espalier.store;

import java.sql.SQLException;
import org.espalier.core.InputException;
import org.espalier.core.SurroundingsException;

/** PostgreSQL's states in one sentence each. */
final class PostgresFailure {
    private PostgresFailure() {}

    static RuntimeException of(String name, SQLException cause) {
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
            default ->
                new SurroundingsException(
                        "The database " + name + " refuses: "
                                + String.valueOf(cause.getMessage())
                                        .lines()
                                        .findFirst()
                                        .orElse("") + ".",
                        cause);
        };
    }
}
