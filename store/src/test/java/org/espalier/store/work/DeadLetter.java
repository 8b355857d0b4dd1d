package org.espalier.store.work;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import org.espalier.store.Store;

/** An item that was given up, and why. */
record DeadLetter(String stage, String id, String payload, int attempts, String reason) {
    /** Those of a queue, in the order in which their items were added. */
    static List<DeadLetter> of(Store store, String queue) {
        return store.read(connection -> {
            List<DeadLetter> letters = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(
                    "select stage, id, payload, attempt, reason from work where queue = ? and state = ? order by seq")) {
                select.setString(1, queue);
                select.setInt(2, State.DEAD.ordinal());
                try (ResultSet found = select.executeQuery()) {
                    while (found.next()) {
                        letters.add(new DeadLetter(
                                found.getString(1),
                                found.getString(2),
                                found.getString(3),
                                found.getInt(4),
                                found.getString(5)));
                    }
                }
            }
            return letters;
        });
    }
}
