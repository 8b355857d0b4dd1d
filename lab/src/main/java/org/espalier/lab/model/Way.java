package org.espalier.lab.model;

/** How the paths of a question are computed. */
public enum Way {
    TREE("tree"),
    /** A sequence of its own for each path, each with its own run of the vision tower, two at a time. */
    PAIRWISE("pairwise"),
    /** Likewise, all of them forward before the first goes back. */
    AT_ONCE("at-once");

    private final String label;

    Way(String label) {
        this.label = label;
    }

    /** As it is written on the command line. */
    public String label() {
        return label;
    }
}
