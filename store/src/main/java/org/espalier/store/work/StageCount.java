package org.espalier.store.work;

/**
 * How the items of one stage stand.
 *
 * @param waiting to be done, those put off among them
 * @param inWork held by a process
 */
public record StageCount(String stage, long waiting, long inWork, long done, long dead) {
    /** All that ever reached the stage. */
    public long total() {
        return waiting + inWork + done + dead;
    }

    StageCount plus(StageCount other) {
        return new StageCount(
                stage, waiting + other.waiting, inWork + other.inWork, done + other.done, dead + other.dead);
    }
}
