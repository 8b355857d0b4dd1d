package org.espalier.ssui.agent;

import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a pair again: takes out of the text what the picture shows already, and supplies what the argument for the
 * outcome lacks.
 */
public final class ReflectionAgent implements Agent {
    private final Form form = Chain.ask(Form.named("reflection")
            .flag("redundant", "whether the query repeated what the picture shows")
            .text("query", 1, 400, "the query without that; unchanged where there was nothing to remove")
            .text("missing", 0, 400, "what the steps lacked and you supplied; else empty")
            .flag("sound", "whether picture and query together give a clear argument for the outcome"));

    @Override
    public String name() {
        return "reflection";
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
        return sketch.words().put("risk", sketch.risk().label());
    }

    @Override
    public Decision decide(Sketch sketch, ObjectNode answer) {
        if (!answer.path("sound").asBoolean()) {
            return new Decision.Drop(
                    "the reflection agent found no clear argument for the outcome",
                    answer.path("missing").asString());
        }
        String query = answer.path("query").asString().strip();
        return Chain.read(answer).into(chain -> sketch.worded(query, chain.steps(), chain.answer()));
    }
}
