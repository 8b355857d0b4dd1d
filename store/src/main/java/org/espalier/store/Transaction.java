package org.espalier.store;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * What is read or written in one transaction. {@link Store#write} may run it twice (once beside others, and again alone
 * when one of them failed), so that it must do nothing that a rollback does not undo.
 *
 * @param <T> what it finds
 */
@FunctionalInterface
public interface Transaction<T> {
    /**
     * Runs on {@code connection}, which it neither commits nor closes.
     *
     * @throws SQLException when the database refuses; everything is rolled back
     */
    T run(Connection connection) throws SQLException;
}
