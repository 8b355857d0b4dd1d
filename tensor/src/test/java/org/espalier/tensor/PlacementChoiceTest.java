package org.espalier.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.espalier.core.InputException;
import org.espalier.core.SurroundingsException;
import org.junit.jupiter.api.Test;

class PlacementChoiceTest {
    @Test
    void isReadAsItIsWritten() {
        assertThat(PlacementChoice.of("cpu", "stored")).isEqualTo(PlacementChoice.USUAL);
        PlacementChoice half = PlacementChoice.of("cpu", "bfloat16");
        assertThat(half.type()).isEqualTo(Optional.of(Dtype.BF16));
        assertThat(half.typeName()).isEqualTo("bfloat16");
        assertThat(PlacementChoice.USUAL.typeName()).isEqualTo("stored");
    }

    @Test
    void whatIsNotThereIsRefusedInOneSentence() {
        assertThatThrownBy(() -> PlacementChoice.of("cpu", "int4"))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "there is no type 'int4' to compute in: take stored (as the weights are), bfloat16, float16,"
                                + " float32, float64");
        assertThatThrownBy(() -> PlacementChoice.of("cuda:1", "stored"))
                .isInstanceOf(SurroundingsException.class)
                .hasMessageContaining("the device cuda:1 cannot be used");
    }

    @Test
    void whatIsLeftOfTheMachineIsTold() {
        assertThat(Placement.CPU.room()).isBetween(1L << 20, 1L << 50);
    }
}
