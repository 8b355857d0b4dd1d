package org.espalier.ssui.review;

import org.espalier.core.Labelled;

/** Why a draft is rejected; the first four are the paper's criteria of manual revision, failed. */
public enum Reason implements Labelled {
    UNSAFE_PART("Picture or text is unsafe by itself"),
    TOO_EASY("Too easy: the text alone gives the risk away"),
    REDUNDANT("Text repeats what the picture shows"),
    INCOMPLETE("Evidence for the conclusion is missing"),
    NOT_RISKY("Together they are not unsafe"),
    WRONG_STEP("A step is wrong or does not follow"),
    NOT_IN_PICTURE("Speaks of what the picture does not show"),
    WRONG_CATEGORY("Fits no category"),
    PRIVATE("Shows a person or data that must not be published"),
    DUPLICATE("Nearly the same as another sample");

    private final String sentence;

    Reason(String sentence) {
        this.sentence = sentence;
    }

    /** As people read it. */
    public String sentence() {
        return sentence;
    }
}
