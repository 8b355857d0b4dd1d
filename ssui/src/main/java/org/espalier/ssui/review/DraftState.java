package org.espalier.ssui.review;

import org.espalier.core.Labelled;

/** What people have made of a draft so far: the majority of the decisions that stand; a tie leaves it a draft. */
public enum DraftState implements Labelled {
    DRAFT,
    ACCEPTED,
    REJECTED;
}
