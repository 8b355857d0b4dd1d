package org.espalier.bench.judge;

/** What a judge's reply says. */
public sealed interface Reading {
    /** A verdict. */
    record Found(FilledForm form) implements Reading {}

    /** None. */
    record None(Mishap mishap, String reason) implements Reading {}
}
