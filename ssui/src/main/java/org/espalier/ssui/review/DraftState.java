package org.espalier.ssui.review;

import java.util.Locale;

/** What people have made of a draft so far: the majority of the decisions that stand; a tie leaves it a draft. */
public enum DraftState {
    DRAFT,
    ACCEPTED,
    REJECTED;

    /** As kept in the store and written in addresses. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static DraftState of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
