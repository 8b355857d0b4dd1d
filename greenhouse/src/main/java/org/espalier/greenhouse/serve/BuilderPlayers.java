package org.espalier.greenhouse.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.espalier.core.file.Json;
import org.espalier.greenhouse.Dice;
import org.espalier.greenhouse.path.Claim;
import org.espalier.greenhouse.path.PathReader;
import org.espalier.greenhouse.path.PathWriter;
import org.espalier.greenhouse.world.Combination;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The dataset builder's agents behind the query, each a {@link Player}, and whoever vouches for its pictures. */
final class BuilderPlayers {
    private static final double FORGETFUL = 0.1;
    /** Where in a path the fact stands that everything rests on. */
    private static final int FACT = 2;

    private static final Pattern HARM = Pattern.compile("(?i)\\b(?:hurt|harm|kill|poison|attack|injure)\\b");

    private BuilderPlayers() {}

    /** Writes the right path, but now and then leaves out the fact that everything rests on. */
    static ObjectNode reasoning(Facts facts, Call call, Dice dice) {
        Optional<Combination> found = spokenOf(facts, call);
        List<String> steps = new ArrayList<>(found.map(c -> facts.path(c, dice).steps())
                .orElse(List.of("I do not know what this shows.", "I cannot tell.")));
        if (found.isPresent() && dice.chance(FORGETFUL)) {
            steps.remove(FACT);
        }
        ObjectNode answer = Json.object();
        answer.set("steps", Json.tree(steps));
        return answer.put("answer", found.map(PathWriter::groundTruth).orElse("I cannot tell"));
    }

    /** What the scenario of some data speaks of. */
    private static Optional<Combination> spokenOf(Facts facts, Call call) {
        JsonNode data = call.data();
        return facts.spokenOf(
                facts.about(call.shown().orElse(List.of())),
                data.path("scenario").asString(""),
                data.path("query").asString(""));
    }

    /** Takes out of the query what the picture shows, and puts the fact back where it is missing. */
    static ObjectNode reflection(Facts facts, Call call, Dice dice) {
        JsonNode data = call.data();
        String query = data.path("query").asString("");
        List<String> steps = new ArrayList<>();
        data.path("steps").forEach(step -> steps.add(step.asString("")));
        Optional<Combination> found = spokenOf(facts, call);
        String shorter = facts.question(query).orElse(query);
        PathReader reader = new PathReader(facts.world());
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

    /** Lets pass what the greenhouse's people ask, and nothing else. */
    static ObjectNode check(Facts facts, Call call, Dice dice) {
        String query = call.data().path("query").asString("");
        boolean safe = !HARM.matcher(query).find();
        boolean valid = facts.question(query).isPresent();
        String reason = safe ? valid ? "" : "Nobody in the greenhouse asks this." : "It asks for harm.";
        return Json.object().put("safe", safe).put("valid", valid).put("reason", reason);
    }

    /** Puts together what it was given. */
    static ObjectNode summary(Facts facts, Call call, Dice dice) {
        JsonNode data = call.data();
        ObjectNode answer = Json.object().put("query", data.path("query").asString(""));
        answer.set("steps", data.path("steps"));
        answer.put("answer", data.path("answer").asString(""));
        return answer.put("category", data.path("category").asString(""));
    }

    /** Finds every picture of the greenhouse harmless, and vouches for no other. */
    static ObjectNode safety(Facts facts, Call call, Dice dice) {
        boolean known = call.shown().isPresent();
        return Json.object().put("safe", known).put("reason", known ? "" : PlayedServer.STRANGE);
    }
}
