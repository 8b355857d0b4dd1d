package org.espalier.ssui.review;

import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

/** One thing that a person did to a draft. Events of a draft are numbered from 1 and never go away. */
public sealed interface Event {
    int number();

    String reviewer();

    Instant at();

    /** Whether it was undone later. */
    boolean undone();

    /**
     * Somebody changed the words.
     *
     * @param undoes the number of the revision that this one takes back
     */
    record Revised(
            int number, String reviewer, Instant at, List<FieldChange> changes, OptionalInt undoes, boolean undone)
            implements Event {
        public Revised {
            changes = List.copyOf(changes);
        }
    }

    /**
     * Somebody decided.
     *
     * @param standing whether this is still the reviewer's word, and on the words as they are
     */
    record Decided(int number, String reviewer, Instant at, Opinion opinion, boolean standing, boolean undone)
            implements Event {}

    /**
     * Somebody said whether the picture is harmless by itself.
     *
     * @param standing whether this is still the reviewer's word
     */
    record Looked(int number, String reviewer, Instant at, boolean harmless, boolean standing, boolean undone)
            implements Event {}

    /** Somebody took a decision, or a word on the picture, back. */
    record Withdrew(int number, String reviewer, Instant at, int undoes) implements Event {
        @Override
        public boolean undone() {
            return false;
        }
    }
}
