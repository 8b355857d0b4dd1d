package org.espalier.srpo;

import org.espalier.srpo.train.TrainingScenario;
import org.espalier.tensor.check.CheckedRun;
import org.junit.jupiter.api.Test;

/** No device and no type meets another, with every call into libtorch checked. */
class CheckedPlacementsTest {
    @Test
    void exploringAndTrainingMixNothing() {
        CheckedRun.of(TrainingScenario.class);
    }
}
