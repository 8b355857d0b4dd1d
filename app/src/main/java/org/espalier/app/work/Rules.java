package org.espalier.app.work;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.espalier.core.Arbiter;
import org.espalier.core.InputException;
import org.espalier.core.SsuiSample;
import org.espalier.core.Verifier;
import org.espalier.core.text.AnswerContainment;
import org.espalier.greenhouse.path.GreenhouseRules;
import org.espalier.greenhouse.world.WorldFile;

/** Who says whether a path ends well. */
public enum Rules {
    /** The greenhouse's rules for its own data, the answer for all other. */
    AUTO,
    /** The exact rules of the greenhouse. */
    GREENHOUSE,
    /** Whether the last step contains the answer (Eq. 3). */
    ANSWER;

    /** As written on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The choice for some data, never {@link #AUTO}.
     *
     * @throws InputException if the greenhouse's rules are asked for and do not know a sample
     */
    Rules of(List<SsuiSample> samples) {
        if (this == GREENHOUSE) {
            GreenhouseRules rules = greenhouse();
            samples.forEach(rules::combination);
        }
        if (this != AUTO) {
            return this;
        }
        return samples.stream().allMatch(Rules::fromTheGreenhouse) ? GREENHOUSE : ANSWER;
    }

    Verifier verifier() {
        return this == GREENHOUSE ? greenhouse() : new AnswerContainment();
    }

    /**
     * Who judges the paths of a benchmark.
     *
     * @throws InputException if nobody here can judge this data
     */
    static Arbiter arbiter(List<SsuiSample> samples, Path data) {
        if (AUTO.of(samples) != GREENHOUSE) {
            throw new InputException(data + " is not data of the greenhouse, whose rules say which paths are safe and"
                    + " effective: name a judge with --judge URL --judge-model NAME");
        }
        return greenhouse();
    }

    /** Whether all of some data are the greenhouse's own. */
    static boolean ofTheGreenhouse(List<SsuiSample> samples) {
        return AUTO.of(samples) == GREENHOUSE;
    }

    private static boolean fromTheGreenhouse(SsuiSample sample) {
        var tag = sample.fields().path("tag");
        return tag.path("action").isString()
                && tag.path("first").isString()
                && tag.path("second").isString();
    }

    private static GreenhouseRules greenhouse() {
        return new GreenhouseRules(WorldFile.load());
    }
}
