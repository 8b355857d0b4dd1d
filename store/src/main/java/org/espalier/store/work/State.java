package org.espalier.store.work;

/** Where an item stands; the table holds the ordinal. */
enum State {
    WAITING,
    IN_WORK,
    DONE,
    DEAD;

    /** {@code count} items of {@code stage} in this state. */
    StageCount count(String stage, long count) {
        return new StageCount(
                stage,
                this == WAITING ? count : 0,
                this == IN_WORK ? count : 0,
                this == DONE ? count : 0,
                this == DEAD ? count : 0);
    }
}
