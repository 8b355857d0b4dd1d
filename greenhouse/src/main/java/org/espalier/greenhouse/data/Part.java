package org.espalier.greenhouse.data;

import org.espalier.core.Labelled;
import org.espalier.greenhouse.internal.picture.Gallery;

/** The data sets of a world. */
public enum Part implements Labelled {
    /** What a model is tuned on. */
    TRAIN(Gallery.TUNING),
    /** What settings are chosen on. */
    VALIDATION(Gallery.VALIDATION),
    /** Pairs of objects the base model has met, in new pictures. */
    TEST_SEEN(Gallery.TEST),
    /** Pairs of objects no path has spoken of. */
    TEST_COMBINATIONS(Gallery.TEST),
    /**
     * Objects drawn as no picture has shown them. Whether these are recognised says nothing about reasoning, so that they
     * are reported apart from the other tests.
     */
    TEST_DRAWINGS(Gallery.TEST);

    private final Gallery gallery;

    Part(Gallery gallery) {
        this.gallery = gallery;
    }

    Gallery gallery() {
        return gallery;
    }

    /** Whether it is among the tests of reasoning. */
    public boolean testsReasoning() {
        return this == TEST_SEEN || this == TEST_COMBINATIONS;
    }

    /** What its questions ask for that the base model has not met: what RSBench reports it under. */
    public String split() {
        return switch (this) {
            case TRAIN, VALIDATION, TEST_SEEN -> "seen";
            case TEST_COMBINATIONS -> "held-out combinations";
            case TEST_DRAWINGS -> "held-out drawings";
        };
    }
}
