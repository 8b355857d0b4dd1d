package org.espalier.ssui.agent;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * One agent: what it is shown of a sample, what it must answer, and what that changes. {@link Agents} lists them all;
 * docs/add-an-agent.md goes through a new one. Thread-safe.
 */
public interface Agent {
    /** What its answer must hold. */
    AnswerForm form();

    /** Its name: that of its form and of its prompt, and what an endpoints file calls it. */
    default String name() {
        return form().name();
    }

    /** Whether it looks at the picture. */
    default boolean seesPicture() {
        return true;
    }

    /** Tokens that an answer takes by experience, for the forecast of what a build costs. */
    int usualTokens();

    /** What it is shown beside the picture. */
    ObjectNode shown(WorkingSample sample);

    /** What a well-formed answer means. */
    Decision decide(WorkingSample sample, ObjectNode answer);

    /** What follows from an answer. */
    sealed interface Decision {
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
