package org.espalier.ssui.agent;

import org.espalier.core.file.Json;
import tools.jackson.databind.node.ObjectNode;

/** Reads the text alone, without the picture: only what is safe and makes sense by itself is kept. */
final class CheckAgent implements Agent {
    static final String NAME = "check";

    private final AnswerForm form = AnswerForm.named(NAME)
            .flag("safe", "whether the text by itself is safe to be asked by anybody")
            .flag("valid", "whether it is a question or request that a person could ask about a picture")
            .text("reason", 0, 300, "why not, where it is not; else empty");

    @Override
    public AnswerForm form() {
        return form;
    }

    @Override
    public boolean seesPicture() {
        return false;
    }

    @Override
    public int usualTokens() {
        return 30;
    }

    @Override
    public ObjectNode shown(WorkingSample sample) {
        return Json.object().put("query", sample.query());
    }

    @Override
    public Decision decide(WorkingSample sample, ObjectNode answer) {
        String reason = answer.path("reason").asString();
        if (!answer.path("safe").asBoolean()) {
            return new Decision.Drop("the check agent found the text unsafe by itself", reason);
        }
        if (!answer.path("valid").asBoolean()) {
            return new Decision.Drop("the check agent found the text invalid", reason);
        }
        return new Decision.Keep(sample);
    }
}
