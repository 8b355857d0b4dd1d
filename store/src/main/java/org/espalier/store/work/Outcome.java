package org.espalier.store.work;

import java.time.Duration;
import java.util.List;

/** What became of an item. Whatever it is, it is committed in one transaction with {@code rows}, or not at all. */
public sealed interface Outcome {
    /** Written with it. */
    Rows rows();

    /** Finished; {@code next} are added. */
    record Done(List<NewItem> next, Rows rows) implements Outcome {
        public Done {
            next = List.copyOf(next);
        }

        public Done(NewItem... next) {
            this(List.of(next), Rows.NONE);
        }
    }

    /** To be tried again, not before {@code after} has passed, even if the process ends meanwhile. */
    record Later(Duration after, String reason, Rows rows) implements Outcome {
        public Later(Duration after, String reason) {
            this(after, reason, Rows.NONE);
        }
    }

    /** Given up: a dead letter, kept with its payload until somebody revives it. */
    record Dead(String reason, Rows rows) implements Outcome {
        public Dead(String reason) {
            this(reason, Rows.NONE);
        }
    }
}
