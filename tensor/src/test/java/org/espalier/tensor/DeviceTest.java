package org.espalier.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.espalier.core.InputException;
import org.espalier.core.SurroundingsException;
import org.junit.jupiter.api.Test;

class DeviceTest {
    @Test
    void theProcessorIsCpu() {
        assertThat(Device.parse("cpu")).isEqualTo(Device.CPU);
    }

    @Test
    void aGpuThatLibtorchCannotComputeOnIsRefusedInOneSentence() {
        assertThatThrownBy(() -> Device.parse("cuda:0"))
                .isInstanceOf(SurroundingsException.class)
                .hasMessageContaining("cuda:0")
                .hasMessageContaining("take the device cpu");
    }

    @Test
    void aDeviceThatNobodyKnowsIsRefused() {
        assertThatThrownBy(() -> Device.parse("tpu"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("there is no device 'tpu'");
    }
}
