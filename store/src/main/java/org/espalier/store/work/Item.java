package org.espalier.store.work;

/**
 * One piece of work as a handler sees it.
 *
 * @param queue the build it belongs to
 * @param stage what is to be done
 * @param id what it is to be done to; with queue and stage it names the item
 * @param payload what the one who added it wrote, usually JSON
 * @param attempt 1 at the first start, one more at every later one, starts that a crash cut short among them
 * @param reason why it was put off last, empty if it never was
 */
public record Item(String queue, String stage, String id, String payload, int attempt, String reason) {}
