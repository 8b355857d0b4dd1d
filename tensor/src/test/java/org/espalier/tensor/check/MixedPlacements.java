package org.espalier.tensor.check;

/** A call that would mix devices or types, or read numbers back that nobody declared to be read. */
public final class MixedPlacements extends RuntimeException {
    MixedPlacements(String sentence) {
        super(sentence);
    }
}
