package org.espalier.lab.memory;

import org.espalier.tensor.check.CheckedRun;
import org.junit.jupiter.api.Test;

class FailingMemoryTest {
    @Test
    void whereverMemoryRunsOutNothingThatWasKeptIsLost() {
        CheckedRun.withFailingMemory(FailingMemoryScenario.class);
    }
}
