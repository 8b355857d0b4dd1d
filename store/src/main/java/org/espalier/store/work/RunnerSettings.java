package org.espalier.store.work;

import java.time.Duration;

/**
 * How a run behaves beside others.
 *
 * @param heartbeat how often a process says that it still works on its tasks; after four missed ones the others take
 *     them over. Without meaning for a single process
 * @param poll how often it looks whether there is more to do
 * @param grace how long calls under way may continue once the run is to stop; after that they are interrupted
 */
public record RunnerSettings(Duration heartbeat, Duration poll, Duration grace) {
    /** Three seconds, a quarter of a second, five seconds. */
    public static final RunnerSettings USUAL =
            new RunnerSettings(Duration.ofSeconds(3), Duration.ofMillis(250), Duration.ofSeconds(5));
}
