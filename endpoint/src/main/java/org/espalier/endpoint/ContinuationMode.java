package org.espalier.endpoint;

import org.espalier.core.Labelled;

/** How an endpoint is made to continue from the beginning of an answer. */
public enum ContinuationMode implements Labelled {
    /** The beginning stands as the model's own unfinished turn: what is drawn follows it as if it had just been written. */
    PREFILL,
    /**
     * The beginning stands as a finished turn, and another turn asks to continue it. Any server can do that; what is drawn
     * is conditioned on being asked, which the paper's exploration is not.
     */
    TURN;

    /** What the other turn says. */
    static final String PLEASE =
            "Your answer was cut off. Go on from exactly where it stops: write only what comes next,"
                    + " in the same form, and repeat nothing.";
}
