package org.espalier.srpo.objective;

import java.util.List;

/**
 * One summand of an objective.
 *
 * @param leaves which paths of the tree it looks at: one, or the favorable and the unfavorable
 * @param weight it is multiplied by this
 */
public record Term(Kind kind, List<Integer> leaves, Loss loss, double weight) {
    /** What it stands for in the metrics. */
    public enum Kind {
        /** J_ref: likelihood of a reference path. */
        REFERENCE,
        /** J_align: a favorable path against an unfavorable one. */
        ALIGNMENT
    }

    public Term {
        leaves = List.copyOf(leaves);
    }
}
