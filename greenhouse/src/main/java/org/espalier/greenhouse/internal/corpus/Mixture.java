package org.espalier.greenhouse.internal.corpus;

/**
 * Shares of the kinds of text, together at most 1; the rest are paths without demonstrations.
 *
 * @param glances first looks at pairs that nobody asks about
 * @param looks first looks at any pair that is asked about, held-out ones too
 * @param demonstrated paths after two solved questions
 * @param sights the first line alone of what looks are, of a held-out pair as often as of a known one
 */
public record Mixture(double captions, double facts, double glances, double looks, double demonstrated, double sights) {
    /** Looking comes first. */
    public static final Mixture LOOKING = new Mixture(0.75, 0.10, 0.05, 0, 0.02, 0);

    /** Then reasoning. */
    public static final Mixture REASONING = new Mixture(0.15, 0.20, 0.07, 0.10, 0.07, 0);
}
