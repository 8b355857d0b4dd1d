package org.espalier.endpoint.plan;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What the endpoints file says of an agent, such as {@code query}, or of the judge.
 *
 * @param endpoint which it asks; empty where it is the default one
 * @param temperature of its answers, where the file says one
 * @param maxTokens of one answer, where the file says so
 * @param prompt a file with what it is told, where the file names one
 */
public record RoleSettings(
        Optional<String> endpoint, OptionalDouble temperature, OptionalInt maxTokens, Optional<Path> prompt) {
    /** Of one of which nothing is said. */
    public static final RoleSettings NONE =
            new RoleSettings(Optional.empty(), OptionalDouble.empty(), OptionalInt.empty(), Optional.empty());

    /** An endpoint, and no more said. */
    static RoleSettings endpoint(String name) {
        return new RoleSettings(Optional.of(name), OptionalDouble.empty(), OptionalInt.empty(), Optional.empty());
    }
}
