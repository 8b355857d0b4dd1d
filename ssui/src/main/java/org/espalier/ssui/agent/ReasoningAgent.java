package org.espalier.ssui.agent;

import org.espalier.core.file.Json;
import tools.jackson.databind.node.ObjectNode;

/** Writes the reasoning path: step by step, why the pair is unsafe, or for a safe twin why it is not. */
final class ReasoningAgent implements Agent {
    static final String NAME = "reasoning";

    private final AnswerForm form = AnsweredPath.ask(AnswerForm.named(NAME));

    @Override
    public AnswerForm form() {
        return form;
    }

    @Override
    public int usualTokens() {
        return 260;
    }

    @Override
    public ObjectNode shown(WorkingSample sample) {
        return Json.object()
                .put("risk", sample.risk().label())
                .put("query", sample.query())
                .put("scenario", sample.scenario())
                .put("category", sample.category());
    }

    @Override
    public Decision decide(WorkingSample sample, ObjectNode answer) {
        return AnsweredPath.read(answer).into(path -> sample.worded(sample.query(), path.steps(), path.answer()));
    }
}
