package org.espalier.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

class PlacementTest {
    @Test
    void copiesItsArray() {
        float[] values = {1, 2};
        try (PointerScope scope = new PointerScope()) {
            Tensor tensor = Placement.CPU.numbers(values, 2);
            values[0] = 9;
            assertThat(Placement.CPU.floats(tensor)).containsExactly(1, 2);
        }
    }

    @Test
    void givesValuesInRowMajorOrderWhateverTheLayoutAndKind() {
        try (PointerScope scope = new PointerScope()) {
            Tensor tensor = Placement.CPU.indices(new long[] {1, 2, 3, 4, 5, 6}, 2, 3);
            assertThat(Placement.CPU.longs(tensor.t())).containsExactly(1, 4, 2, 5, 3, 6);
            assertThat(Placement.CPU.floats(tensor.t())).containsExactly(1, 4, 2, 5, 3, 6);
            assertThat(Placement.CPU.longs(tensor.to(ScalarType.BFloat16)
                            .div(tensor.to(ScalarType.BFloat16).neg())))
                    .containsOnly(-1);
        }
    }

    @Test
    void takesASingleNumberAndNone() {
        try (PointerScope scope = new PointerScope()) {
            assertThat(TensorInfo.of(Placement.CPU.indices(new long[] {3})).shape())
                    .isEmpty();
            assertThat(Placement.CPU.floats(Placement.CPU.numbers(new float[0], 3, 0)))
                    .isEmpty();
        }
    }

    @Test
    void readsValuesOfATensorThatTracksGradients() {
        try (PointerScope scope = new PointerScope()) {
            Tensor tensor = Placement.CPU.numbers(new float[] {4}, 1).set_requires_grad(true);
            assertThat(Placement.CPU.floats(tensor)).containsExactly(4);
        }
    }

    @Test
    void refusesAShapeThatItsValuesDoNotFill() {
        assertThatThrownBy(() -> Placement.CPU.numbers(new float[5], 2, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("5 values do not fill the shape [2, 3]");
        assertThatThrownBy(() -> Placement.CPU.numbers(new float[6], -2, -3))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesToDescribeAKindThatIsNotUsed() {
        try (PointerScope scope = new PointerScope()) {
            Tensor ints = Placement.CPU.numbers(new float[] {1}, 1).to(ScalarType.Int);
            assertThatThrownBy(() -> TensorInfo.of(ints))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Int");
        }
    }

    @Test
    void numbersAreRoundedToTheTypeOnce() {
        float third = 1 / 3f;
        try (PointerScope scope = new PointerScope()) {
            for (Dtype type : new Dtype[] {Dtype.F32, Dtype.F64, Dtype.BF16, Dtype.F16}) {
                Placement placement = Placement.CPU.with(type);
                Tensor made = placement.numbers(new float[] {third}, 1);
                assertThat(TensorInfo.of(made).dtype()).isEqualTo(type);
                assertThat(TensorInfo.of(placement.zeros(2, 3)).dtype()).isEqualTo(type);
                assertThat(placement.floats(placement.zeros(2, 3))).containsOnly(0);
                assertThat(placement.floats(made)[0])
                        .isEqualTo(type.bits() < 32 ? Placement.CPU.floats(made)[0] : third)
                        .isCloseTo(third, org.assertj.core.api.Assertions.within(2e-3f));
            }
            assertThat(Placement.CPU.numbers(new double[] {1 / 3.0}, 1).item_float())
                    .isEqualTo(third);
            Placement exact = Placement.CPU.with(Dtype.F64);
            assertThat(exact.doubles(exact.numbers(new double[] {1 / 3.0}, 1))).containsExactly(1 / 3.0);
        }
    }

    @Test
    void sumsAreFloat32OrFloat64() {
        assertThat(Placement.CPU.with(Dtype.BF16).wide()).isEqualTo(Placement.CPU);
        assertThat(Placement.CPU.with(Dtype.F64).wide().type()).isEqualTo(Dtype.F64);
        assertThatThrownBy(() -> Placement.CPU.with(Dtype.I64)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onlyAProcessorHasProductsThatAreSmall() {
        Placement pretended = new Placement(new Device("pretended", Device.Kind.PRETENDED), Dtype.F32);
        assertThat(Placement.CPU.isSmall(SmallProduct.OF_DECODING, 1000)).isTrue();
        assertThat(Placement.CPU.isSmall(SmallProduct.OF_DECODING, 8_000_000)).isFalse();
        assertThat(pretended.isSmall(SmallProduct.OF_DECODING, 1000)).isFalse();
        int before = Libtorch.load().threads();
        try (NativeThreads threads = pretended.threads(SmallProduct.OF_DECODING, 1000)) {
            assertThat(Libtorch.load().threads()).isEqualTo(before);
        }
        try (NativeThreads threads = Placement.CPU.threads(SmallProduct.OF_DECODING, 1000)) {
            assertThat(Libtorch.load().threads()).isEqualTo(1);
        }
    }
}
