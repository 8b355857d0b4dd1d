package org.espalier.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a processor computes in one operator and what any device computes in several is the same. */
class AttentionKernelTest {
    private static final int BATCH = 2;
    private static final int HEADS = 3;
    private static final int QUERIES = 5;
    private static final int KEYS = 7;
    private static final int WIDTH = 8;

    @ParameterizedTest
    @CsvSource({"F32, 1e-6", "F64, 1e-14", "BF16, 2e-2"})
    void attentionToSomeKeysHasTheSameResultAndNormaliser(Dtype type, double tolerance) {
        Placement placement = Placement.CPU.with(type);
        try (PointerScope scope = new PointerScope()) {
            Tensor q = random(placement, 1, QUERIES);
            Tensor k = random(placement, 2, KEYS);
            Tensor v = random(placement, 3, KEYS);
            float[] mask = new float[BATCH * QUERIES * KEYS];
            for (int i = 0; i < mask.length; i++) {
                mask[i] = i % 3 == 1 ? Float.NEGATIVE_INFINITY : 0;
            }
            for (Optional<Tensor> seen : java.util.List.of(
                    Optional.<Tensor>empty(), Optional.of(placement.numbers(mask, BATCH, 1, QUERIES, KEYS)))) {
                AttentionKernel.Partial fused = CpuAttention.KERNEL.partial(q, k, v, seen);
                AttentionKernel.Partial plain = PlainAttention.KERNEL.partial(q, k, v, seen);
                assertThat(TensorInfo.of(plain.out())).isEqualTo(TensorInfo.of(fused.out()));
                assertThat(TensorInfo.of(plain.logSum())).isEqualTo(TensorInfo.of(fused.logSum()));
                assertThat(placement.doubles(plain.out()))
                        .containsExactly(placement.doubles(fused.out()), within(tolerance));
                assertThat(placement.doubles(plain.logSum()))
                        .containsExactly(placement.doubles(fused.logSum()), within(tolerance));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"F32, 1e-6", "F64, 1e-14", "BF16, 2e-2"})
    void attentionToPartsOfTheKeysIsPutTogetherByTheNormalisers(Dtype type, double tolerance) {
        Placement placement = Placement.CPU.with(type);
        try (PointerScope scope = new PointerScope()) {
            Tensor q = random(placement, 1, QUERIES);
            Tensor k = random(placement, 2, KEYS);
            Tensor v = random(placement, 3, KEYS);
            for (AttentionKernel kernel : new AttentionKernel[] {CpuAttention.KERNEL, PlainAttention.KERNEL}) {
                AttentionKernel.Partial first =
                        kernel.partial(q, k.narrow(2, 0, 3), v.narrow(2, 0, 3), Optional.empty());
                AttentionKernel.Partial rest =
                        kernel.partial(q, k.narrow(2, 3, 4), v.narrow(2, 3, 4), Optional.empty());
                Tensor share =
                        first.logSum().sub(rest.logSum()).sigmoid().unsqueeze(3).to(placement.scalarType());
                Tensor together = rest.out().lerp(first.out(), share);
                assertThat(placement.doubles(together))
                        .containsExactly(placement.doubles(kernel.full(q, k, v).transpose(1, 2)), within(tolerance));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"F32, 1e-6", "F64, 1e-14", "BF16, 2e-2"})
    void headsThatShareKeysSeeWhatTheySeeWithCopiesOfThem(Dtype type, double tolerance) {
        Placement placement = Placement.CPU.with(type);
        float[] mask = new float[KEYS * KEYS];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = i % 3 == 1 ? Float.NEGATIVE_INFINITY : 0;
        }
        try (PointerScope scope = new PointerScope()) {
            Tensor seen = placement.numbers(mask, 1, 1, KEYS, KEYS);
            // As a model lays it out, token by token.
            Tensor q = random(placement, 1, KEYS)
                    .narrow(0, 0, 1)
                    .transpose(1, 2)
                    .contiguous()
                    .transpose(1, 2);
            Tensor k = random(placement, 2, KEYS).narrow(0, 0, 1).narrow(1, 0, 1);
            Tensor v = random(placement, 3, KEYS).narrow(0, 0, 1).narrow(1, 0, 1);
            Tensor copiedK = k.repeat(1, HEADS, 1, 1);
            Tensor copiedV = v.repeat(1, HEADS, 1, 1);
            for (AttentionKernel kernel : new AttentionKernel[] {CpuAttention.KERNEL, PlainAttention.KERNEL}) {
                assertThat(placement.doubles(kernel.shared(q, k, v, Optional.of(seen))))
                        .containsExactly(
                                placement.doubles(kernel.masked(q, copiedK, copiedV, seen)), within(tolerance));
                assertThat(placement.doubles(kernel.shared(q, k, v, Optional.empty())))
                        .containsExactly(placement.doubles(kernel.causal(q, copiedK, copiedV)), within(tolerance));
            }
        }
    }

    private static Tensor random(Placement placement, long seed, int tokens) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values =
                random.doubles((long) BATCH * HEADS * tokens * WIDTH, -1, 1).toArray();
        return placement.numbers(values, BATCH, HEADS, tokens, WIDTH);
    }
}
