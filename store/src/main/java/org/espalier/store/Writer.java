package org.espalier.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** One writing connection, opened anew after it broke. Used by one thread. */
final class Writer implements AutoCloseable {
    private final DataSource source;
    private @Nullable Connection connection;

    Writer(DataSource source) {
        this.source = source;
    }

    /** Runs all of {@code group} in one transaction. */
    void commit(List<Waiting<?>> group) throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = PreparedOnce.over(source.getConnection());
            open.setAutoCommit(false);
            connection = open;
        }
        for (Waiting<?> waiting : group) {
            waiting.run(open);
        }
        open.commit();
        group.forEach(Waiting::committed);
    }

    /** Undoes what the failed group wrote; a connection that cannot even do that is given up. */
    void rollBack() {
        if (connection != null) {
            try {
                connection.rollback();
                if (connection.isValid(5)) {
                    return;
                }
            } catch (SQLException e) {
                // The connection is gone with whatever it had not committed.
            }
            close();
        }
    }

    @Override
    public void close() {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                // It was already gone.
            }
            connection = null;
        }
    }
}
