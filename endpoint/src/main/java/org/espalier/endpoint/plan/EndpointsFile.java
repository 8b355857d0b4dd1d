package org.espalier.endpoint.plan;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.core.InputException;
import org.espalier.core.file.TextFile;

/**
 * The endpoints file: endpoints by name, and which of them each agent asks. docs/endpoints.md describes its form.
 *
 * @param agents by name ({@code query}, {@code judge}, ...); {@code default} is for the others
 */
public record EndpointsFile(SortedMap<String, EndpointPlan> endpoints, SortedMap<String, RoleSettings> agents) {
    /** For every agent that is not named. */
    public static final String DEFAULT = "default";

    /** The judge of a benchmark. */
    public static final String JUDGE = "judge";

    public EndpointsFile {
        endpoints = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(endpoints));
        agents = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(agents));
    }

    /** One endpoint for all. */
    public static EndpointsFile of(EndpointPlan plan) {
        return new EndpointsFile(new TreeMap<>(Map.of(plan.name(), plan)), new TreeMap<>());
    }

    /**
     * Reads a file.
     *
     * @param agents that may be named besides {@link #DEFAULT} and {@link #JUDGE}, and whose answers and prompts can be set
     * @throws InputException with every problem and its line
     */
    public static EndpointsFile read(Path file, Collection<String> agents) {
        return new EndpointsReader(file, agents).read(TextFile.read(file));
    }

    /** What is said of an agent. */
    public RoleSettings settings(String agent) {
        return agents.getOrDefault(agent, RoleSettings.NONE);
    }

    /**
     * The endpoint that an agent asks.
     *
     * @throws InputException if there is none
     */
    public EndpointPlan endpointOf(String agent) {
        String name = settings(agent)
                .endpoint()
                .or(() -> settings(DEFAULT).endpoint())
                .or(() -> endpoints.size() == 1 ? Optional.of(endpoints.firstKey()) : Optional.empty())
                .orElseThrow(() -> new InputException("the endpoints file names no endpoint for '" + agent
                        + "': write it, or 'default', below 'agents'"));
        return Optional.ofNullable(endpoints.get(name)).orElseThrow();
    }
}
