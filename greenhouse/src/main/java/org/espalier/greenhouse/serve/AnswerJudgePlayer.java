package org.espalier.greenhouse.serve;

import org.espalier.core.ReasoningPath;
import org.espalier.core.Verifier.Verdict;
import org.espalier.core.file.Json;
import org.espalier.greenhouse.Dice;
import org.espalier.greenhouse.path.GreenhouseRules;
import tools.jackson.databind.node.ObjectNode;

/** Says whether a path ends in the right answer, by the greenhouse's exact rules, and errs as often as it is told to. */
record AnswerJudgePlayer(JudgeErrors errors) implements Player {
    @Override
    public ObjectNode play(Facts facts, Call call, Dice dice) {
        JudgedAnswer heard = JudgedAnswer.of(facts, call);
        Verdict ruled = heard.asked()
                .filter(_ -> !heard.steps().isEmpty())
                .map(asked -> new GreenhouseRules(facts.world())
                        .verify(JudgedAnswer.sample(asked, ""), new ReasoningPath(heard.steps())))
                .orElse(Verdict.wrong("This is no question of the greenhouse, or there is no answer to it."));
        return Json.object()
                .put("mark", call.mark())
                .put("reason", ruled.reason())
                .put("correct", errors.said(ruled.correct(), call.key()));
    }
}
