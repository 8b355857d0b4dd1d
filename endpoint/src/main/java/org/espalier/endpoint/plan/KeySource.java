package org.espalier.endpoint.plan;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.espalier.core.InputException;
import org.espalier.endpoint.internal.Secret;

/** Where a key is. The key itself never stands in a plan, so that plans can be written down. */
public sealed interface KeySource {
    /** No key is wanted. */
    record None() implements KeySource {}

    /** In an environment variable. */
    record Variable(String name) implements KeySource {}

    /** In a file that holds nothing else. */
    record File(Path path) implements KeySource {}

    /** Why it cannot be fetched, in a sentence; empty where it can. */
    default Optional<String> trouble(Map<String, String> environment) {
        try {
            read(environment);
            return Optional.empty();
        } catch (InputException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Fetches the key.
     *
     * @throws org.espalier.core.InputException if it is not where it should be
     */
    default Secret read(Map<String, String> environment) {
        return switch (this) {
            case None _ -> Secret.NONE;
            case Variable(String name) -> Secret.inVariable(name, environment);
            case File(Path path) -> Secret.inFile(path);
        };
    }
}
