package org.espalier.ssui.agent;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** One agent: what it is shown of a sketch, what it must answer, and what that changes. */
public interface Agent {
    /** Its name: that of its prompt, of its schema, of its stage. */
    String name();

    /** What its answer must hold. */
    Form form();

    /** Whether it looks at the picture. */
    boolean seesPicture();

    /** What it is shown beside the picture. */
    ObjectNode shown(Sketch sketch);

    /** What a well-formed answer means. */
    Decision decide(Sketch sketch, ObjectNode answer);

    /** What follows from an answer. */
    sealed interface Decision {
        /** The sketch as it is now. */
        record Keep(Sketch sketch) implements Decision {}

        /**
         * The end of this sketch: its pair is of no use.
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
