package org.espalier.ssui.build;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.espalier.core.InputException;
import org.espalier.ssui.agent.AgentPrompt;
import org.espalier.ssui.agent.Agents;
import org.espalier.ssui.taxonomy.Quotas;
import org.espalier.ssui.taxonomy.Taxonomy;

/**
 * How a build is made.
 *
 * @param seed draws aims and twins, and goes into every sampling
 * @param twins share of the pictures that also get a safe twin, from 0 to 1
 * @param tries fresh attempts at an answer, each with one repair, before it is a dead letter
 * @param agents by name, all of {@link Agents#NAMES}
 */
public record BuildSettings(
        long seed, Taxonomy taxonomy, Quotas quotas, double twins, int tries, Map<String, AgentSettings> agents) {
    /** Where nothing else is said. */
    public static final int TRIES = 3;

    public BuildSettings {
        agents = Map.copyOf(agents);
        if (!(twins >= 0 && twins <= 1)) {
            throw new InputException("--twins is a share from 0 to 1, not " + twins);
        }
        if (tries < 1 || tries > 100) {
            throw new InputException("--tries is from 1 to 100, not " + tries);
        }
        if (!agents.keySet().containsAll(Agents.NAMES)) {
            throw new IllegalArgumentException("settings of " + agents.keySet() + " where all agents are needed");
        }
    }

    /** The taxonomy and the prompts that ship, all categories alike, no twins. */
    public static BuildSettings usual(long seed) {
        Taxonomy taxonomy = Taxonomy.composed();
        Map<String, AgentSettings> agents = new HashMap<>();
        Agents.NAMES.forEach(name -> agents.put(
                name,
                new AgentSettings(AgentSettings.TEMPERATURE, AgentSettings.MAX_TOKENS, AgentPrompt.shipped(name))));
        return new BuildSettings(seed, taxonomy, Quotas.equal(taxonomy), 0, TRIES, agents);
    }

    /** How this agent is asked. */
    public AgentSettings agent(String name) {
        return Optional.ofNullable(agents.get(name)).orElseThrow();
    }
}
