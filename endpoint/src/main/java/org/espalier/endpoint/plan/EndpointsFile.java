package org.espalier.endpoint.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.core.InputException;
import org.espalier.core.file.FileTrouble;

/**
 * The endpoints file: endpoints by name, and who plays which part. docs/endpoints.md describes its form.
 *
 * @param agents by part ({@code query}, {@code judge}, ...); {@code default} plays the others
 */
public record EndpointsFile(SortedMap<String, EndpointPlan> endpoints, SortedMap<String, Part> agents) {
    /** Plays every part that is not named. */
    public static final String DEFAULT = "default";

    public EndpointsFile {
        endpoints = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(endpoints));
        agents = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(agents));
    }

    /** One endpoint that plays every part. */
    public static EndpointsFile of(EndpointPlan plan) {
        return new EndpointsFile(
                new TreeMap<>(Map.of(plan.name(), plan)), new TreeMap<>(Map.of(DEFAULT, Part.playedBy(plan.name()))));
    }

    /**
     * Reads a file.
     *
     * @throws InputException with every problem and its line
     */
    public static EndpointsFile read(Path file) {
        try {
            return new EndpointsReader(file).read(Files.readString(file));
        } catch (IOException e) {
            throw FileTrouble.reading(file, e);
        }
    }

    /** What is said of a part. */
    public Part part(String name) {
        return agents.getOrDefault(name, Part.PLAIN);
    }

    /**
     * The endpoint that plays a part.
     *
     * @throws InputException if none does
     */
    public EndpointPlan playing(String part) {
        String name = part(part)
                .endpoint()
                .or(() -> part(DEFAULT).endpoint())
                .or(() -> endpoints.size() == 1 ? Optional.of(endpoints.firstKey()) : Optional.empty())
                .orElseThrow(() -> new InputException(
                        "the endpoints file names nobody for '" + part + "': write it, or 'default', below 'agents'"));
        return Optional.ofNullable(endpoints.get(name)).orElseThrow();
    }

    /** Those that play one of these parts, each once. */
    public List<EndpointPlan> playing(List<String> parts) {
        return parts.stream().map(this::playing).distinct().toList();
    }
}
