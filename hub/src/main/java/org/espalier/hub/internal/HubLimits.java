package org.espalier.hub.internal;

import java.time.Duration;

/**
 * How much a hub may ask of us.
 *
 * @param answer in which the head of an answer has to be there, and JSON with all its body
 * @param silence after which a connection counts as dead
 * @param pace the longest that {@link #PACE} bytes of a file may take
 * @param pause before a file that failed is asked for again; doubles from try to try
 * @param bytes of JSON in one answer
 * @param pages of a list of files
 * @param files of a version
 */
public record HubLimits(
        Duration answer, Duration silence, Duration pace, Duration pause, int bytes, int pages, int files) {
    /** Bytes that have to come in a while: less is a server that holds us. */
    static final long PACE = 1 << 18;

    /** Two minutes, half a minute, 2 kB a second, 64 MiB, a million files. */
    public static final HubLimits USUAL = new HubLimits(
            Duration.ofMinutes(2),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMillis(250),
            64 << 20,
            1_000,
            1_000_000);
}
