package org.espalier.ssui.agent;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * One agent: what it is shown of a sample, what it must answer, and what that changes. {@link Agents} lists them all;
 * docs/add-an-agent.md goes through a new one. Thread-safe, as its functions must be.
 *
 * @param form what its answer must hold
 * @param seesPicture whether it looks at the picture
 * @param usualTokens that an answer takes by experience, for the forecast of what a build costs
 * @param showing what it is shown beside the picture
 * @param deciding what a well-formed answer means
 */
public record Agent(
        AnswerForm form,
        boolean seesPicture,
        int usualTokens,
        Function<WorkingSample, ObjectNode> showing,
        BiFunction<WorkingSample, ObjectNode, Decision> deciding) {
    /** Its name: that of its form and of its prompt, and what an endpoints file calls it. */
    public String name() {
        return form.name();
    }

    ObjectNode shown(WorkingSample sample) {
        return showing.apply(sample);
    }

    Decision decide(WorkingSample sample, ObjectNode answer) {
        return deciding.apply(sample, answer);
    }

    /** What follows from an answer. */
    public sealed interface Decision {
        /** The sample as it is now. */
        record Keep(WorkingSample sample) implements Decision {}

        /**
         * The end of this sample: its pair is of no use.
         *
         * @param reason by which it is counted
         * @param said the agent's own words for it; may be empty
         */
        record Drop(String reason, String said) implements Decision {}

        /** The answer contradicts itself or its task; the agent is told and may try once more. */
        record Refuse(List<String> complaints) implements Decision {
            public Refuse {
                complaints = List.copyOf(complaints);
            }
        }
    }
}
