package org.espalier.ssui.build;

import java.util.Map;
import org.espalier.core.InputException;
import org.espalier.ssui.agent.Prompt;
import org.espalier.ssui.taxonomy.Quotas;
import org.espalier.ssui.taxonomy.Taxonomy;

/**
 * How a build is made.
 *
 * @param seed draws aims and twins, and goes into every sampling
 * @param twins share of the pictures that also get a safe twin, from 0 to 1
 * @param temperature of the agents
 * @param maxTokens of one answer
 * @param tries fresh attempts at an answer, each with one repair, before it is a dead letter
 * @param prompts of all agents, by name
 */
public record BuildSettings(
        long seed,
        Taxonomy taxonomy,
        Quotas quotas,
        double twins,
        double temperature,
        int maxTokens,
        int tries,
        Map<String, Prompt> prompts) {

    public BuildSettings {
        prompts = Map.copyOf(prompts);
        if (!(twins >= 0 && twins <= 1)) {
            throw new InputException("--twins is a share from 0 to 1, not " + twins);
        }
        if (!(temperature >= 0 && temperature <= 2)) {
            throw new InputException("--temperature is a number from 0 to 2, not " + temperature);
        }
        if (maxTokens < 16 || tries < 1 || tries > 100) {
            throw new InputException("--max-tokens is at least 16, --tries from 1 to 100");
        }
    }
}
