package org.espalier.endpoint.plan;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What the endpoints file says of a part, such as {@code query}.
 *
 * @param endpoint who plays it; empty where the default does
 * @param temperature of its answers, where the file says one
 * @param maxTokens of one answer, where the file says so
 * @param prompt a file with what it is told, where the file names one
 */
public record Part(
        Optional<String> endpoint, OptionalDouble temperature, OptionalInt maxTokens, Optional<Path> prompt) {
    /** A part of which nothing is said. */
    public static final Part PLAIN =
            new Part(Optional.empty(), OptionalDouble.empty(), OptionalInt.empty(), Optional.empty());

    /** The parts whose answers and prompts can be set: the agents of a build, and who verifies pictures. */
    static final List<String> AGENTS = List.of("query", "reasoning", "reflection", "check", "summary", "safety");

    /** A part that somebody plays, and no more said of it. */
    static Part playedBy(String endpoint) {
        return new Part(Optional.of(endpoint), OptionalDouble.empty(), OptionalInt.empty(), Optional.empty());
    }
}
