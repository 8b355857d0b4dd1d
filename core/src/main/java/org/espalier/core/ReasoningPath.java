package org.espalier.core;

import java.util.List;

/**
 * A reasoning path (Eq. 1): the steps {@code v_1 ... v_T} in order. The last step holds the answer. Steps are stored
 * without surrounding white space; how a path was laid out as text is the business of whoever produced it.
 */
public record ReasoningPath(List<String> steps) {
    public ReasoningPath {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("a reasoning path has at least one step");
        }
    }

    /** The step that must contain the answer, {@code v_T}. */
    public String last() {
        return steps.getLast();
    }

    /** The path as our own data writes it: one step a line. */
    public String text() {
        return String.join("\n", steps);
    }
}
