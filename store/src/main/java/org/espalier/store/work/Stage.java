package org.espalier.store.work;

/**
 * One stage of a build.
 *
 * @param attempts starts an item may have; a {@code Later} at the last of them makes it a dead letter
 */
public record Stage(String name, int attempts, Handler handler) {
    public Stage {
        if (attempts < 1) {
            throw new IllegalArgumentException("A stage needs at least one attempt, not " + attempts);
        }
    }
}
