package org.espalier.workflow.bench;

import java.nio.file.Path;
import java.util.List;
import org.espalier.core.Arbiter;
import org.espalier.core.InputException;
import org.espalier.core.SsuiSample;
import org.espalier.greenhouse.path.GreenhouseRules;
import org.espalier.greenhouse.world.WorldFile;

/** The exact rules that judge some data, where there are any: the greenhouse's, for its own. */
final class ExactRules {
    private ExactRules() {}

    /**
     * The rules of some data.
     *
     * @throws InputException if there are none
     */
    static Arbiter of(List<SsuiSample> samples, Path data) {
        if (!GreenhouseRules.applyTo(samples)) {
            throw new InputException(data + " is not data of the greenhouse, whose rules say which paths are safe and"
                    + " effective: name a judge with --judge URL --judge-model NAME");
        }
        return new GreenhouseRules(WorldFile.load());
    }
}
