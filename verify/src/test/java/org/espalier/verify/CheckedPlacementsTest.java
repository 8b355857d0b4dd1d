package org.espalier.verify;

import org.espalier.tensor.check.CheckedRun;
import org.junit.jupiter.api.Test;

/** No device and no type meets another, with every call into libtorch checked. */
class CheckedPlacementsTest {
    @Test
    void theReferenceValuesOfEveryFamilyMixNothing() {
        CheckedRun.of(OracleScenario.class);
    }
}
