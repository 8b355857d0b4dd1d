package org.espalier.greenhouse.serve;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.espalier.core.InputException;

/**
 * How the server behaves.
 *
 * @param port on the loopback address; 0 for any that is free
 * @param delay before each answer
 * @param concurrency requests answered at once; further ones wait
 * @param errors of the judge of answers
 * @param log where each request becomes a line
 */
public record ServeSettings(
        int port, Duration delay, int concurrency, Faults faults, JudgeErrors errors, Optional<Path> log) {
    /** A judge that never errs. */
    public ServeSettings(int port, Duration delay, int concurrency, Faults faults, Optional<Path> log) {
        this(port, delay, concurrency, faults, JudgeErrors.NONE, log);
    }

    public ServeSettings {
        if (port < 0 || port > 65_535) {
            throw new InputException("a port is a number from 0 to 65535, not " + port);
        }
        if (delay.isNegative() || concurrency < 1) {
            throw new InputException("a delay is at least 0 and a concurrency at least 1");
        }
    }

    /** Any port, no delay, no faults, no log. */
    public static ServeSettings plain() {
        return new ServeSettings(0, Duration.ZERO, 10_000, Faults.NONE, Optional.empty());
    }
}
