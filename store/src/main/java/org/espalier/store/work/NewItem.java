package org.espalier.store.work;

/**
 * An item to be added. One with the same stage and id that is already there, done or not, is left as it is.
 *
 * @param payload for the handler, usually JSON
 */
public record NewItem(String stage, String id, String payload) {}
