package org.espalier.lab.model;

import org.espalier.core.Labelled;

/** How the paths of a question are computed. */
public enum Way implements Labelled {
    TREE,
    /** A sequence of its own for each path, each with its own run of the vision tower, two at a time. */
    PAIRWISE,
    /** Likewise, all of them forward before the first goes back. */
    AT_ONCE
}
