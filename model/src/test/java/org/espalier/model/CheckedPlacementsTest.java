package org.espalier.model;

import org.espalier.model.generate.GenerationScenario;
import org.espalier.model.train.FullTrainingScenario;
import org.espalier.tensor.check.CheckedRun;
import org.junit.jupiter.api.Test;

/** No device and no type meets another, with every call into libtorch checked. */
class CheckedPlacementsTest {
    @Test
    void generationMixesNothing() {
        CheckedRun.of(GenerationScenario.class);
    }

    @Test
    void trainingOfAllWeightsMixesNothing() {
        CheckedRun.of(FullTrainingScenario.class);
    }
}
