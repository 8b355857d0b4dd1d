package org.espalier.endpoint.plan;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
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
        return of(List.of(plan));
    }

    /**
     * Several, which no agent is given to.
     *
     * @throws InputException if two different ones have one name
     */
    public static EndpointsFile of(List<EndpointPlan> plans) {
        SortedMap<String, EndpointPlan> named = new TreeMap<>();
        for (EndpointPlan plan : plans) {
            EndpointPlan other = named.put(plan.name(), plan);
            if (other != null && !other.equals(plan)) {
                throw new InputException("two endpoints are called '" + plan.name() + "': give each its own name");
            }
        }
        return new EndpointsFile(named, new TreeMap<>());
    }

    /** What {@link #text} wrote. */
    public static EndpointsFile parse(String text) {
        return new EndpointsReader(Path.of("endpoints"), List.of()).read(text);
    }

    /**
     * The endpoints without the agents, as another process can be told of them; keys are named, not told.
     *
     * @throws InputException if one is this process's own: a checkpoint, or asked in batches
     */
    public String text() {
        return EndpointsText.of(this);
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
        return named(name);
    }

    /** The endpoint of a name that is described. */
    public EndpointPlan named(String name) {
        return Optional.ofNullable(endpoints.get(name)).orElseThrow();
    }
}
