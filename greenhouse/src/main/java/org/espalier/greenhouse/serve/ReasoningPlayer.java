package org.espalier.greenhouse.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.core.file.Json;
import org.espalier.greenhouse.Dice;
import org.espalier.greenhouse.path.PathWriter;
import org.espalier.greenhouse.world.Combination;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the right path, but now and then leaves out the fact that everything rests on. */
final class ReasoningPlayer implements Player {
    private static final double FORGETFUL = 0.1;
    private static final int FACT = 2;

    @Override
    public ObjectNode play(Facts facts, Call call, Dice dice) {
        JsonNode data = call.data();
        Optional<Combination> found = facts.spokenOf(
                facts.about(call.shown().orElse(List.of())),
                data.path("scenario").asString(""),
                data.path("query").asString(""));
        if (found.isEmpty()) {
            List<String> lost = List.of("I do not know what this shows.", "I cannot tell.");
            ObjectNode answer = Json.object();
            answer.set("steps", Json.tree(lost));
            return answer.put("answer", "I cannot tell");
        }
        List<String> steps = new ArrayList<>(facts.path(found.get(), dice).steps());
        if (dice.chance(FORGETFUL)) {
            steps.remove(FACT);
        }
        ObjectNode answer = Json.object();
        answer.set("steps", Json.tree(steps));
        return answer.put("answer", PathWriter.groundTruth(found.get()));
    }
}
