package org.espalier.core;

/** Hears how far a long piece of work has come. Called from the working thread; must return quickly. */
@FunctionalInterface
public interface Progress {
    /** Says nothing. */
    Progress SILENT = (name, done, total, note) -> {};

    /**
     * Reports the state of one piece of work.
     *
     * @param name what is being done, in a word or two
     * @param done units finished so far, from 0
     * @param total units in all; 0 if unknown
     * @param note anything else worth a glance; may be empty
     */
    void at(String name, long done, long total, String note);
}
