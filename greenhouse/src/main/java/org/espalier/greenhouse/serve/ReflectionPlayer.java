package org.espalier.greenhouse.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.core.file.Json;
import org.espalier.greenhouse.Dice;
import org.espalier.greenhouse.path.Claim;
import org.espalier.greenhouse.path.PathReader;
import org.espalier.greenhouse.world.Combination;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes out of the query what the picture shows, and puts the fact back where it is missing. */
record ReflectionPlayer(PathReader reader) implements Player {
    private static final int FACT = 2;

    @Override
    public ObjectNode play(Facts facts, Call call, Dice dice) {
        JsonNode data = call.data();
        String query = data.path("query").asString("");
        List<String> steps = new ArrayList<>();
        data.path("steps").forEach(step -> steps.add(step.asString("")));
        Optional<Combination> found = facts.spokenOf(
                facts.about(call.shown().orElse(List.of())),
                data.path("scenario").asString(""),
                query);
        String shorter = facts.question(query).orElse(query);
        boolean stated = steps.stream().map(reader::read).anyMatch(Claim.Fact.class::isInstance);
        boolean missing = found.isPresent() && !stated && steps.size() >= FACT;
        if (missing) {
            steps.add(FACT, facts.fact(found.get(), dice));
        }
        ObjectNode answer =
                Json.object().put("redundant", !shorter.equals(query)).put("query", shorter);
        answer.put("missing", missing ? steps.get(FACT) : "").put("sound", found.isPresent());
        answer.set("steps", Json.tree(steps));
        return answer.put("answer", data.path("answer").asString(""));
    }
}
