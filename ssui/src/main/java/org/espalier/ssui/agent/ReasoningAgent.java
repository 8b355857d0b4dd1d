package org.espalier.ssui.agent;

import org.espalier.core.file.Json;
import tools.jackson.databind.node.ObjectNode;

/** Writes the reasoning path: step by step, why the pair is unsafe, or for a safe twin why it is not. */
public final class ReasoningAgent implements Agent {
    private final Form form = Chain.ask(Form.named("reasoning"));

    @Override
    public String name() {
        return "reasoning";
    }

    @Override
    public Form form() {
        return form;
    }

    @Override
    public boolean seesPicture() {
        return true;
    }

    @Override
    public ObjectNode shown(Sketch sketch) {
        return Json.object()
                .put("risk", sketch.risk().label())
                .put("query", sketch.query())
                .put("scenario", sketch.scenario())
                .put("category", sketch.category());
    }

    @Override
    public Decision decide(Sketch sketch, ObjectNode answer) {
        return Chain.read(answer).into(path -> sketch.worded(sketch.query(), path.steps(), path.answer()));
    }
}
