package org.espalier.greenhouse.serve;

import org.espalier.core.file.Json;
import org.espalier.greenhouse.Dice;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Puts together what it was given. */
final class SummaryPlayer implements Player {
    @Override
    public ObjectNode play(Facts facts, Call call, Dice dice) {
        JsonNode data = call.data();
        ObjectNode answer = Json.object().put("query", data.path("query").asString(""));
        answer.set("steps", data.path("steps"));
        answer.put("answer", data.path("answer").asString(""));
        return answer.put("category", data.path("category").asString(""));
    }
}
