package org.espalier.store.work;

import java.time.Duration;

/**
 * How a crew works together with others.
 *
 * @param lease how long the others wait for a sign of life before they take over what this process holds; one that died
 *     on the same machine is recognised at once
 * @param poll how often it looks for items that others added or that may be tried again
 * @param grace how long calls under way may go on once the run is to stop; after that they are interrupted
 */
public record CrewSettings(Duration lease, Duration poll, Duration grace) {
    /** Fifteen seconds, a quarter of a second, five seconds. */
    public static final CrewSettings USUAL =
            new CrewSettings(Duration.ofSeconds(15), Duration.ofMillis(250), Duration.ofSeconds(5));
}
