package org.espalier.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** A transaction whose group is not committed yet. */
final class PendingWrite<T> {
    private final Transaction<T> transaction;
    private final CompletableFuture<T> outcome = new CompletableFuture<>();
    private @Nullable T found;

    PendingWrite(Transaction<T> transaction) {
        this.transaction = transaction;
    }

    void run(Connection connection) throws SQLException {
        found = transaction.run(connection);
    }

    void committed() {
        outcome.complete(Objects.requireNonNull(found, "A transaction may not find null"));
    }

    void fail(Throwable cause) {
        outcome.completeExceptionally(cause);
    }

    /** Waits for the commit; what went wrong is thrown as it was, so that its kind says what to do. */
    T result() {
        try {
            return outcome.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw e;
            }
        }
    }
}
