package org.espalier.core;

/**
 * The surroundings failed: disk, memory, device, endpoint. One clear sentence; the command line prints it and exits
 * with 3.
 */
public final class SurroundingsException extends RuntimeException {
    public SurroundingsException(String message) {
        super(message);
    }

    public SurroundingsException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
