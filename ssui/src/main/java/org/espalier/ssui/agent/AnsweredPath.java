package org.espalier.ssui.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.espalier.core.text.AnswerContainment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The part of an answer that three agents share: a reasoning path whose last step holds the ground truth. */
record AnsweredPath(List<String> steps, String answer) {
    private static final int FEWEST = 2;
    private static final int MOST = 12;

    /** Asks for a path. */
    static AnswerForm ask(AnswerForm form) {
        return form.texts(
                        "steps",
                        FEWEST,
                        MOST,
                        700,
                        "the reasoning, one thought a step; the last step is what the person is told")
                .text("answer", 1, 300, "the words of the last step that settle the matter, copied from it");
    }

    static AnsweredPath read(ObjectNode answer) {
        List<String> steps = new ArrayList<>();
        answer.path("steps")
                .valueStream()
                .map(JsonNode::asString)
                .map(String::strip)
                .forEach(steps::add);
        return new AnsweredPath(steps, answer.path("answer").asString().strip());
    }

    /** The sample that follows from this path, if its last step holds the answer. */
    Agent.Decision into(Function<AnsweredPath, WorkingSample> sample) {
        return AnswerContainment.contains(steps.getLast(), answer)
                ? new Agent.Decision.Keep(sample.apply(this))
                : new Agent.Decision.Refuse(List.of("the last of \"steps\" does not contain \"answer\" word for word"));
    }
}
