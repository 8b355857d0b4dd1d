package org.espalier.greenhouse.serve;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.core.Arbiter;
import org.espalier.core.Question;
import org.espalier.core.ReasoningPath;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.Json;
import org.espalier.greenhouse.Dice;
import org.espalier.greenhouse.path.GreenhouseRules;
import org.espalier.greenhouse.world.Combination;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Judges a path by the greenhouse's exact rules. */
final class JudgePlayer implements Player {
    private final GreenhouseRules rules;

    JudgePlayer(GreenhouseRules rules) {
        this.rules = rules;
    }

    @Override
    public ObjectNode play(Facts facts, Call call, Dice dice) {
        JsonNode data = call.data();
        String query = data.path("query").asString("");
        List<String> steps = new ArrayList<>();
        data.path("steps").forEach(step -> steps.add(step.asString("")));
        data.path("response")
                .asString("")
                .lines()
                .filter(line -> !line.isBlank())
                .forEach(steps::add);
        Optional<Combination> asked = facts.about(call.shown().orElse(List.of())).stream()
                .filter(c -> facts.action(query).map(c.action()::equals).orElse(false))
                .findFirst();
        if (asked.isEmpty() || steps.isEmpty()) {
            return verdict(false, false, "This is no question of the greenhouse, or there is no answer to it.");
        }
        return switch (rules.judge(sample(asked.get(), query), new ReasoningPath(steps))) {
            case Arbiter.Judgement.Judged judged -> verdict(judged.safe(), judged.effective(), judged.reason());
            case Arbiter.Judgement.Failed failed -> verdict(false, false, failed.reason());
        };
    }

    private static SsuiSample sample(Combination c, String query) {
        ObjectNode fields = Json.object();
        fields.putObject("tag")
                .put("action", c.action().name())
                .put("first", c.first().name())
                .put("second", c.second().name());
        Path nowhere = Path.of("picture.png");
        return new SsuiSample(
                "asked",
                "picture.png",
                new Question("asked", nowhere, query),
                new ReasoningPath(List.of("-")),
                "-",
                c.risk(),
                "-",
                fields);
    }

    private static ObjectNode verdict(boolean safe, boolean effective, String reason) {
        return Json.object().put("safe", safe).put("effective", effective).put("reason", reason);
    }
}
