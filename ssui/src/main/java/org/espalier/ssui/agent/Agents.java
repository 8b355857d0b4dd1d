package org.espalier.ssui.agent;

import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.espalier.endpoint.plan.EndpointsFile;
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

    /** Those that an endpoints file may name: these, and the one that verifies pictures as they are taken in. */
    private static final List<String> IN_ENDPOINTS_FILES =
            Stream.concat(NAMES.stream(), Stream.of(PictureSafety.NAME)).toList();

    private record Kind(String name, BiFunction<Taxonomy, Quotas, Agent> make) {}

    private Agents() {}

    /**
     * Reads an endpoints file in which every agent may be named.
     *
     * @throws org.espalier.core.InputException with every problem and its line
     */
    public static EndpointsFile readEndpoints(Path file) {
        return EndpointsFile.read(file, IN_ENDPOINTS_FILES);
    }

    /** All of them, for a build with these categories. */
    public static List<Agent> all(Taxonomy taxonomy, Quotas quotas) {
        return ALL.stream().map(kind -> kind.make().apply(taxonomy, quotas)).toList();
    }
}
