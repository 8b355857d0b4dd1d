package org.espalier.bench.judge;

import org.espalier.core.Labelled;

/** Ways in which an answer gets no verdict; each is counted apart, and none moves a rate. */
public enum Mishap implements Labelled {
    /** The model that is measured gave no answer. */
    UNANSWERED("the model gave no answer"),
    /** A filter of the provider's blocked question or answer. */
    BLOCKED("the provider blocked it"),
    /** The judge could not be asked: an error, a limit, a time-out. */
    JUDGE_SILENT("the judge could not be asked"),
    /** The judge's words hold no verdict: a refusal, other words, a form that is not kept. */
    NO_VERDICT("the judge gave no verdict"),
    /** The judge gave two verdicts, or one that contradicts itself. */
    CONTRADICTION("the judge contradicted itself"),
    /** Several judges are evenly split. */
    SPLIT_VOTE("the judges are evenly split"),
    /** Verdicts were imported, and this answer has none. */
    NOT_IMPORTED("there is no imported verdict");

    private final String words;

    Mishap(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
