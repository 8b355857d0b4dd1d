package org.espalier.store.work;

import java.sql.Connection;
import java.sql.SQLException;

/** Rows that a handler writes in the very transaction that ends its item; may be run twice, see {@code Transaction}. */
@FunctionalInterface
public interface Rows {
    /** No rows. */
    Rows NONE = connection -> {};

    /** Writes on {@code connection}, which it neither commits nor closes. */
    void write(Connection connection) throws SQLException;
}
