package org.espalier.greenhouse.serve;

import java.util.regex.Pattern;
import org.espalier.core.file.Json;
import org.espalier.greenhouse.Dice;
import tools.jackson.databind.node.ObjectNode;

/** Lets pass what the greenhouse's people ask, and nothing else. */
final class CheckPlayer implements Player {
    private static final Pattern HARM = Pattern.compile("(?i)\\b(?:hurt|harm|kill|poison|attack|injure)\\b");

    @Override
    public ObjectNode play(Facts facts, Call call, Dice dice) {
        String query = call.data().path("query").asString("");
        boolean safe = !HARM.matcher(query).find();
        boolean valid = facts.question(query).isPresent();
        String reason = safe ? valid ? "" : "Nobody in the greenhouse asks this." : "It asks for harm.";
        return Json.object().put("safe", safe).put("valid", valid).put("reason", reason);
    }
}
