package org.espalier.ssui.review;

import org.espalier.core.Labelled;

/** Further sorts of drafts to filter by. */
public enum DraftFlag implements Labelled {
    /** Standing decisions differ. */
    DISPUTED("decisions differ"),
    /** People changed the words. */
    REVISED("revised by people"),
    /** Exactly one accepting or rejecting decision: open to a second opinion. */
    ONE_OPINION("one opinion"),
    /** Two or more. */
    SEVERAL_OPINIONS("two opinions or more");

    private final String words;

    DraftFlag(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
