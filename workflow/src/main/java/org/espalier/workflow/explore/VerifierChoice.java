package org.espalier.workflow.explore;

import java.util.List;
import java.util.Locale;
import org.espalier.core.InputException;
import org.espalier.core.SsuiSample;
import org.espalier.core.Verifier;
import org.espalier.core.text.AnswerContainment;
import org.espalier.greenhouse.path.GreenhouseRules;
import org.espalier.greenhouse.world.WorldFile;

/** Who says whether a path ends well (Eq. 3). */
public sealed interface VerifierChoice {
    /**
     * The verifier of some data.
     *
     * @throws InputException if it does not know one of the samples
     */
    Named of(List<SsuiSample> samples);

    /**
     * A verifier with the name that run.json has of it: a program's own, for example.
     *
     * @param label small letters, digits and hyphens; another verifier needs another
     */
    record Named(String label, Verifier verifier) implements VerifierChoice {
        @Override
        public Named of(List<SsuiSample> samples) {
            return this;
        }
    }

    /** Those that Espalier brings. */
    enum Shipped implements VerifierChoice {
        /** The greenhouse's rules for its own data, the answer for all other. */
        AUTO,
        /** The exact rules of the greenhouse. */
        GREENHOUSE,
        /** Whether the last step contains the answer. */
        ANSWER;

        /** As written on the command line. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        @Override
        public Named of(List<SsuiSample> samples) {
            return switch (this) {
                case AUTO -> (GreenhouseRules.applyTo(samples) ? GREENHOUSE : ANSWER).of(samples);
                case GREENHOUSE -> {
                    GreenhouseRules rules = new GreenhouseRules(WorldFile.load());
                    samples.forEach(rules::combination);
                    yield new Named(label(), rules);
                }
                case ANSWER -> new Named(label(), new AnswerContainment());
            };
        }
    }
}
