package org.espalier.ssui.build;

import java.util.List;
import java.util.Map;
import org.espalier.ssui.agent.Agent;
import org.espalier.ssui.agent.CheckAgent;
import org.espalier.ssui.agent.QueryAgent;
import org.espalier.ssui.agent.ReasoningAgent;
import org.espalier.ssui.agent.ReflectionAgent;
import org.espalier.ssui.agent.SummaryAgent;
import org.espalier.ssui.taxonomy.Quotas;
import org.espalier.ssui.taxonomy.Taxonomy;

/** The agents in the order of their work. */
public final class Stages {
    static final String FIRST = "query";

    /** Their names: of stages, prompts, and of agents in the endpoints file. */
    public static final List<String> NAMES = List.of(FIRST, "reasoning", "reflection", "check", "summary");

    /** Tokens that an answer takes by experience, for foretelling what a build costs. */
    static final Map<String, Integer> USUAL_TOKENS =
            Map.of(FIRST, 120, "reasoning", 260, "reflection", 320, "check", 30, "summary", 280);

    private Stages() {}

    static List<Agent> agents(Taxonomy taxonomy, Quotas quotas) {
        return List.of(
                new QueryAgent(taxonomy, quotas),
                new ReasoningAgent(),
                new ReflectionAgent(),
                new CheckAgent(),
                new SummaryAgent(taxonomy, quotas));
    }
}
