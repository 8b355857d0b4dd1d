package org.espalier.store.work;

/** Does the work of one stage, on a virtual thread of its own for each item. */
@FunctionalInterface
public interface Handler {
    /**
     * Works on {@code item}; may be called again for it after a crash, so that what it pays for goes through the journal.
     * An {@code InputException}, a {@code SurroundingsException} or an {@code Error} ends the run and leaves the item to
     * be done later; any other exception makes the item a dead letter.
     *
     * @throws InterruptedException when the run is over; the item is left to be done later
     */
    Outcome handle(Item item) throws InterruptedException;
}
