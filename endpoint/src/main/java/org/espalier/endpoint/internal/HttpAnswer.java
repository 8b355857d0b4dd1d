package org.espalier.endpoint.internal;

import java.time.Duration;
import java.util.Optional;

/**
 * What a server answered.
 *
 * @param body as it came, without our key
 * @param retryAfter how long the server asks us to wait
 */
public record HttpAnswer(int status, byte[] body, Optional<Duration> retryAfter) {}
