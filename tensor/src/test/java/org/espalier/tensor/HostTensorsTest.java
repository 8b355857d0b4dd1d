package org.espalier.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

class HostTensorsTest {
    @Test
    void copiesItsArray() {
        float[] values = {1, 2};
        try (PointerScope scope = new PointerScope()) {
            Tensor tensor = HostTensors.of(values, 2);
            values[0] = 9;
            assertThat(HostTensors.floats(tensor)).containsExactly(1, 2);
        }
    }

    @Test
    void givesValuesInRowMajorOrderWhateverTheLayoutAndKind() {
        try (PointerScope scope = new PointerScope()) {
            Tensor tensor = HostTensors.of(new long[] {1, 2, 3, 4, 5, 6}, 2, 3);
            assertThat(HostTensors.longs(tensor.t())).containsExactly(1, 4, 2, 5, 3, 6);
            assertThat(HostTensors.floats(tensor.t())).containsExactly(1, 4, 2, 5, 3, 6);
            assertThat(HostTensors.longs(tensor.to(ScalarType.BFloat16)
                            .div(tensor.to(ScalarType.BFloat16).neg())))
                    .containsOnly(-1);
        }
    }

    @Test
    void takesASingleNumberAndNone() {
        try (PointerScope scope = new PointerScope()) {
            assertThat(TensorInfo.of(HostTensors.of(new long[] {3})).shape()).isEmpty();
            assertThat(HostTensors.floats(HostTensors.of(new float[0], 3, 0))).isEmpty();
        }
    }

    @Test
    void readsValuesOfATensorThatTracksGradients() {
        try (PointerScope scope = new PointerScope()) {
            Tensor tensor = HostTensors.of(new float[] {4}, 1).set_requires_grad(true);
            assertThat(HostTensors.floats(tensor)).containsExactly(4);
        }
    }

    @Test
    void refusesAShapeThatItsValuesDoNotFill() {
        assertThatThrownBy(() -> HostTensors.of(new float[5], 2, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("5 values do not fill the shape [2, 3]");
        assertThatThrownBy(() -> HostTensors.of(new float[6], -2, -3)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesToDescribeAKindThatIsNotUsed() {
        try (PointerScope scope = new PointerScope()) {
            Tensor ints = HostTensors.of(new float[] {1}, 1).to(ScalarType.Int);
            assertThatThrownBy(() -> TensorInfo.of(ints))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Int");
        }
    }
}
