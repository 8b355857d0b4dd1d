package org.espalier.ssui.agent;

import java.util.List;
import java.util.function.BiFunction;
import org.espalier.ssui.taxonomy.Quotas;
import org.espalier.ssui.taxonomy.Taxonomy;

/** The agents of a build in the order of their work: the one list, from which everything else takes them. */
public final class Agents {
    private static final List<Kind> ALL = List.of(
            new Kind(QueryAgent.NAME, QueryAgent::new),
            new Kind(ReasoningAgent.NAME, (taxonomy, quotas) -> new ReasoningAgent()),
            new Kind(ReflectionAgent.NAME, (taxonomy, quotas) -> new ReflectionAgent()),
            new Kind(CheckAgent.NAME, (taxonomy, quotas) -> new CheckAgent()),
            new Kind(SummaryAgent.NAME, SummaryAgent::new));

    /** Their names: of prompts, of stages of the funnel, and of agents in an endpoints file. */
    public static final List<String> NAMES = ALL.stream().map(Kind::name).toList();

    private record Kind(String name, BiFunction<Taxonomy, Quotas, Agent> make) {}

    private Agents() {}

    /** All of them, for a build with these categories. */
    public static List<Agent> all(Taxonomy taxonomy, Quotas quotas) {
        return ALL.stream().map(kind -> kind.make().apply(taxonomy, quotas)).toList();
    }
}
