package org.espalier.ssui.pool;

import java.util.Locale;
import java.util.Optional;

/** What a licence says of training a model on the picture. */
public enum Training {
    /** Its terms leave room for it. */
    ALLOWED,
    /** Its terms rule it out: {@code explore} and {@code train} refuse the data without --allow-licence. */
    FORBIDDEN,
    /** Nobody has said. */
    UNSTATED;

    /** As written in files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The value that a file writes so; empty if none is. */
    public static Optional<Training> of(String label) {
        for (Training training : values()) {
            if (training.label().equals(label)) {
                return Optional.of(training);
            }
        }
        return Optional.empty();
    }
}
