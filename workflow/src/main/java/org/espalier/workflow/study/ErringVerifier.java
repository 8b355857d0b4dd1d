package org.espalier.workflow.study;

import java.util.Locale;
import org.espalier.core.ReasoningPath;
import org.espalier.core.Seed;
import org.espalier.core.SsuiSample;
import org.espalier.core.Verifier;

/**
 * A verifier that says the opposite in a share of the cases. Whether it errs depends on the seed, the question and the path alone,
 * so that a path that is drawn again meets the same error.
 *
 * @param rate from 0 to 1
 */
record ErringVerifier(Verifier honest, double rate, long seed) implements Verifier {
    @Override
    public Verdict verify(SsuiSample sample, ReasoningPath path) {
        Verdict verdict = honest.verify(sample, path);
        boolean errs = verdict.decided()
                && Seed.of(seed, "verifier errs")
                                .and(sample.id())
                                .and(path.text())
                                .fraction()
                        < rate;
        if (!errs) {
            return verdict;
        }
        return verdict.correct() ? Verdict.wrong("the verifier errs") : Verdict.CORRECT;
    }

    /** As run.json has it. */
    String label() {
        return String.format(Locale.ROOT, "greenhouse-errs-%d-in-1000", Math.round(1000 * rate));
    }
}
