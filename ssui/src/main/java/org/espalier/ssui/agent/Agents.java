package org.espalier.ssui.agent;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.espalier.core.file.Json;
import org.espalier.endpoint.plan.EndpointsFile;
import org.espalier.ssui.agent.Agent.Decision;
import org.espalier.ssui.taxonomy.Quotas;
import org.espalier.ssui.taxonomy.RiskCategory;
import org.espalier.ssui.taxonomy.Taxonomy;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The agents of a build in the order of their work: the one list, from which everything else takes them. */
public final class Agents {
    /** Their names: of prompts, of stages of the funnel, and of agents in an endpoints file. */
    public static final List<String> NAMES = List.of("query", "reasoning", "reflection", "check", "summary");

    /** Those that an endpoints file may name: these, and the one that verifies pictures as they are taken in. */
    private static final List<String> IN_ENDPOINTS_FILES =
            Stream.concat(NAMES.stream(), Stream.of(PictureSafety.NAME)).toList();

    private static final String NO_CATEGORY = "none";

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
        return List.of(query(taxonomy, quotas), reasoning(), reflection(), check(), summary(taxonomy, quotas));
    }

    /**
     * Thinks of a harmless text for a picture and of the unsafe scenario that the two make together.
     *
     * @param quotas categories that they exclude are not offered
     */
    static Agent query(Taxonomy taxonomy, Quotas quotas) {
        List<RiskCategory> categories = taxonomy.tertiary().stream()
                .filter(category -> quotas.wants(category.id()))
                .toList();
        List<String> ids =
                new ArrayList<>(categories.stream().map(RiskCategory::id).toList());
        ids.add(NO_CATEGORY);
        AnswerForm form = AnswerForm.named("query")
                .flag("usable", "whether this picture allows such a pair")
                .text("reason", 0, 300, "why not, where it does not; else empty")
                .text("query", 0, 400, "what somebody asks about the picture")
                .text("scenario", 0, 600, "what the picture and the text lead to together, and why")
                .choice("category", ids, "the category of the scenario, or none where there is no pair");
        return new Agent(form, true, 120, sample -> offered(sample, categories), Agents::asked);
    }

    private static ObjectNode offered(WorkingSample sample, List<RiskCategory> categories) {
        ObjectNode shown = Json.object().put("risk", sample.risk().label()).put("aim", sample.aim());
        ArrayNode offered = shown.putArray("categories");
        categories.forEach(
                category -> offered.addObject().put("id", category.id()).put("name", category.name()));
        return shown;
    }

    private static Decision asked(WorkingSample sample, ObjectNode answer) {
        if (!answer.path("usable").asBoolean()) {
            return new Decision.Drop("the query agent found no pair for the picture", words(answer, "reason"));
        }
        List<String> complaints = new ArrayList<>();
        String query = words(answer, "query");
        String scenario = words(answer, "scenario");
        String category = words(answer, "category");
        if (query.isEmpty() || scenario.isEmpty()) {
            complaints.add("a usable pair needs \"query\" and \"scenario\"");
        }
        if (category.equals(NO_CATEGORY)) {
            complaints.add("a usable pair needs a \"category\"");
        }
        return complaints.isEmpty()
                ? new Decision.Keep(sample.asked(query, scenario, category))
                : new Decision.Refuse(complaints);
    }

    private static String words(ObjectNode answer, String field) {
        return answer.path(field).asString().strip();
    }

    /** Writes the reasoning path: step by step, why the pair is unsafe, or for a safe twin why it is not. */
    static Agent reasoning() {
        return new Agent(
                AnsweredPath.ask(AnswerForm.named("reasoning")),
                true,
                260,
                sample -> Json.object()
                        .put("risk", sample.risk().label())
                        .put("query", sample.query())
                        .put("scenario", sample.scenario())
                        .put("category", sample.category()),
                (sample, answer) -> AnsweredPath.read(answer)
                        .into(path -> sample.worded(sample.query(), path.steps(), path.answer())));
    }

    /**
     * Reads a pair again: takes out of the text what the picture shows already, and supplies what the argument for the
     * outcome lacks.
     */
    static Agent reflection() {
        AnswerForm form = AnsweredPath.ask(AnswerForm.named("reflection")
                .flag("redundant", "whether the query repeated what the picture shows")
                .text("query", 1, 400, "the query without that; unchanged where there was nothing to remove")
                .text("missing", 0, 400, "what the steps lacked and you supplied; else empty")
                .flag("sound", "whether picture and query together give a clear argument for the outcome"));
        return new Agent(
                form,
                true,
                320,
                Agents::written,
                (sample, answer) -> answer.path("sound").asBoolean()
                        ? AnsweredPath.read(answer)
                                .into(path -> sample.worded(words(answer, "query"), path.steps(), path.answer()))
                        : new Decision.Drop(
                                "the reflection agent found no clear argument for the outcome",
                                words(answer, "missing")));
    }

    private static ObjectNode written(WorkingSample sample) {
        return sample.words().put("risk", sample.risk().label());
    }

    /** Reads the text alone, without the picture: only what is safe and makes sense by itself is kept. */
    static Agent check() {
        AnswerForm form = AnswerForm.named("check")
                .flag("safe", "whether the text by itself is safe to be asked by anybody")
                .flag("valid", "whether it is a question or request that a person could ask about a picture")
                .text("reason", 0, 300, "why not, where it is not; else empty");
        return new Agent(form, false, 30, sample -> Json.object().put("query", sample.query()), (sample, answer) -> {
            boolean safe = answer.path("safe").asBoolean();
            return safe && answer.path("valid").asBoolean()
                    ? new Decision.Keep(sample)
                    : new Decision.Drop(
                            "the check agent found the text " + (safe ? "invalid" : "unsafe by itself"),
                            words(answer, "reason"));
        });
    }

    /**
     * Makes the entry: Q is the picture with the text, A the reasoning with the response that follows, and its category.
     *
     * @param quotas a pair that belongs into a category that they exclude is dropped, not filed elsewhere
     */
    static Agent summary(Taxonomy taxonomy, Quotas quotas) {
        List<String> ids = taxonomy.tertiary().stream().map(RiskCategory::id).toList();
        AnswerForm form = AnsweredPath.ask(
                        AnswerForm.named("summary").text("query", 1, 400, "the final text of the question"))
                .choice("category", ids, "the category of the pair");
        return new Agent(form, true, 280, Agents::written, (sample, answer) -> {
            String category = words(answer, "category");
            return quotas.wants(category)
                    ? AnsweredPath.read(answer)
                            .into(path -> sample.worded(words(answer, "query"), path.steps(), path.answer())
                                    .filed(category))
                    : new Decision.Drop("the summary agent filed the pair under a category that is excluded", category);
        });
    }
}
