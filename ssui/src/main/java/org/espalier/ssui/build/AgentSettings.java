package org.espalier.ssui.build;

import org.espalier.core.InputException;
import org.espalier.ssui.agent.AgentPrompt;

/**
 * How one agent is asked.
 *
 * @param maxTokens of one answer
 */
public record AgentSettings(double temperature, int maxTokens, AgentPrompt prompt) {
    /** Where nothing else is said. */
    public static final double TEMPERATURE = 0.7;

    /** Likewise. */
    public static final int MAX_TOKENS = 2000;

    public AgentSettings {
        if (!(temperature >= 0 && temperature <= 2)) {
            throw new InputException("--temperature is a number from 0 to 2, not " + temperature);
        }
        if (maxTokens < 16) {
            throw new InputException("--max-tokens is at least 16, not " + maxTokens);
        }
    }
}
