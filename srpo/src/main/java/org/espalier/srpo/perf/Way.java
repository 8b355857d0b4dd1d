package org.espalier.srpo.perf;

import org.espalier.srpo.tree.QuestionObjective.Mode;

/** How the paths of a question are computed. */
public enum Way {
    TREE("tree", Mode.TREE),
    /** A sequence of its own for each path, each with its own run of the vision tower, two at a time. */
    PAIRWISE("pairwise", Mode.PAIRWISE),
    /** Likewise, all of them forward before the first goes back. */
    AT_ONCE("at-once", Mode.AT_ONCE);

    private final String label;
    private final Mode mode;

    Way(String label, Mode mode) {
        this.label = label;
        this.mode = mode;
    }

    /** As it is written on the command line. */
    public String label() {
        return label;
    }

    Mode mode() {
        return mode;
    }
}
