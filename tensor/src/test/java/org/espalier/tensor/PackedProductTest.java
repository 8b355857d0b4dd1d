package org.espalier.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.Optional;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Products with packed weights beside plain ones. */
class PackedProductTest {
    private static final int INPUTS = 96;
    private static final int OUTPUTS = 131;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 33, 700})
    void areThePlainOnesForAnyNumberOfRows(int rows) {
        assumeThat(PackedProduct.suits(Placement.CPU)).isTrue();
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Tensor weight = random(1, OUTPUTS, INPUTS);
            Tensor bias = random(2, OUTPUTS);
            Tensor x = random(3, rows, INPUTS);
            Tensor packed = PackedProduct.pack(weight);

            assertThat(PackedProduct.isPacked(packed)).isTrue();
            assertThat(PackedProduct.isPacked(weight)).isFalse();
            assertThat(Placement.CPU.floats(PackedProduct.of(x, packed, Optional.empty())))
                    .containsExactly(Placement.CPU.floats(torch.linear(x, weight)), within(1e-5f));
            assertThat(Placement.CPU.floats(PackedProduct.of(x, packed, Optional.of(bias))))
                    .containsExactly(
                            Placement.CPU.floats(torch.linear(x, weight, new TensorOptional(bias))), within(1e-5f));
        }
    }

    @Test
    void areOfWhatLiesInAnyOrder() {
        assumeThat(PackedProduct.suits(Placement.CPU)).isTrue();
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Tensor weight = random(1, INPUTS, OUTPUTS).t();
            Tensor x = random(2, INPUTS, 8).t();

            assertThat(Placement.CPU.floats(PackedProduct.of(x, PackedProduct.pack(weight), Optional.empty())))
                    .containsExactly(Placement.CPU.floats(torch.linear(x, weight)), within(1e-5f));
        }
    }

    @Test
    void areOfSingleWidthOnAProcessorOnly() {
        assertThat(PackedProduct.suits(Placement.CPU.with(Dtype.F64))).isFalse();
        assertThat(PackedProduct.suits(Placement.CPU.with(Dtype.BF16))).isFalse();
    }

    private static Tensor random(int seed, long... shape) {
        SplittableRandom random = new SplittableRandom(seed);
        int count = 1;
        for (long size : shape) {
            count *= (int) size;
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return Placement.CPU.numbers(values, shape);
    }
}
