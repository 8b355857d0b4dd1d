package org.espalier.ssui.agent;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.espalier.core.Risk;
import org.espalier.core.file.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * A sample while the agents write it.
 *
 * @param picture a readable file
 * @param aim the category that the query agent is asked to aim at
 * @param scenario the unsafe outcome that the pair is to lead to; for a safe twin, why nothing happens
 * @param history what each agent changed, oldest first: {@code field}, {@code before} and {@code after} of each field, with who made it
 */
public record WorkingSample(
        String id,
        Path picture,
        Risk risk,
        String aim,
        String query,
        String scenario,
        List<String> steps,
        String answer,
        String category,
        List<ObjectNode> history) {

    public WorkingSample {
        steps = List.copyOf(steps);
        history = List.copyOf(history);
    }

    /** Before any agent has seen it. */
    public static WorkingSample blank(String id, Path picture, Risk risk, String aim) {
        return new WorkingSample(id, picture, risk, aim, "", "", List.of(), "", "", List.of());
    }

    /** With what the query agent thought of. */
    public WorkingSample asked(String newQuery, String newScenario, String newCategory) {
        return new WorkingSample(id, picture, risk, aim, newQuery, newScenario, steps, answer, newCategory, history);
    }

    /** In other words. */
    public WorkingSample worded(String newQuery, List<String> newSteps, String newAnswer) {
        return new WorkingSample(id, picture, risk, aim, newQuery, scenario, newSteps, newAnswer, category, history);
    }

    /** Under another category. */
    public WorkingSample filed(String newCategory) {
        return new WorkingSample(id, picture, risk, aim, query, scenario, steps, answer, newCategory, history);
    }

    /** With one more entry of its history. */
    public WorkingSample noted(ObjectNode entry) {
        List<ObjectNode> longer = new ArrayList<>(history);
        longer.add(entry);
        return new WorkingSample(id, picture, risk, aim, query, scenario, steps, answer, category, longer);
    }

    /** What agents write, as differences compare it. */
    public ObjectNode words() {
        ObjectNode words = Json.object();
        words.put("query", query).put("scenario", scenario);
        words.set("steps", Json.tree(steps));
        return words.put("answer", answer).put("category", category);
    }
}
