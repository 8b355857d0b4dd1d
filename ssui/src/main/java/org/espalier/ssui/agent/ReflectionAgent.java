package org.espalier.ssui.agent;

import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a pair again: takes out of the text what the picture shows already, and supplies what the argument for the
 * outcome lacks.
 */
final class ReflectionAgent implements Agent {
    static final String NAME = "reflection";

    private final AnswerForm form = AnsweredPath.ask(AnswerForm.named(NAME)
            .flag("redundant", "whether the query repeated what the picture shows")
            .text("query", 1, 400, "the query without that; unchanged where there was nothing to remove")
            .text("missing", 0, 400, "what the steps lacked and you supplied; else empty")
            .flag("sound", "whether picture and query together give a clear argument for the outcome"));

    @Override
    public AnswerForm form() {
        return form;
    }

    @Override
    public int usualTokens() {
        return 320;
    }

    @Override
    public ObjectNode shown(WorkingSample sample) {
        return sample.words().put("risk", sample.risk().label());
    }

    @Override
    public Decision decide(WorkingSample sample, ObjectNode answer) {
        if (!answer.path("sound").asBoolean()) {
            return new Decision.Drop(
                    "the reflection agent found no clear argument for the outcome",
                    answer.path("missing").asString());
        }
        String query = answer.path("query").asString().strip();
        return AnsweredPath.read(answer).into(chain -> sample.worded(query, chain.steps(), chain.answer()));
    }
}
