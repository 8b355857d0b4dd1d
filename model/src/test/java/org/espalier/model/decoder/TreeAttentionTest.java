package org.espalier.model.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.espalier.tensor.Libtorch;
import org.espalier.tensor.Placement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TreeAttentionTest {
    private static final int HEADS = 4;
    private static final int KEY_HEADS = 2;
    private static final int WIDTH = 8;
    private static final TreeLayout LAYOUT = new TreeLayout(
            7,
            List.of(
                    new TreeLayout.Segment(0, 3),
                    new TreeLayout.Segment(4, 5),
                    new TreeLayout.Segment(7, 1),
                    new TreeLayout.Segment(4, 2)));

    @BeforeAll
    static void load() {
        Libtorch.load();
    }

    @Test
    void everySegmentIsTheSequenceItStandsFor() {
        try (PointerScope scope = new PointerScope()) {
            Tensor q = random(HEADS, 1);
            Tensor k = random(KEY_HEADS, 2);
            Tensor v = random(KEY_HEADS, 3);
            float[] tree = Placement.CPU.floats(new TreeAttention(LAYOUT, Placement.CPU, false).attend(0, q, k, v));
            int start = LAYOUT.stem();
            for (TreeLayout.Segment segment : LAYOUT.segments()) {
                int length = segment.shared() + segment.length();
                float[] alone = Placement.CPU.floats(new CausalSequences(1, Placement.CPU.attention())
                        .attend(0, path(q, segment, start), path(k, segment, start), path(v, segment, start)));
                for (int i = 0; i < segment.length() * HEADS * WIDTH; i++) {
                    int inPath = (length - segment.length()) * HEADS * WIDTH + i;
                    assertThat(tree[start * HEADS * WIDTH + i]).isCloseTo(alone[inPath], within(1e-5f));
                }
                start += segment.length();
            }
        }
    }

    @Test
    void aSegmentThatGoesOnWhereTheStemEndsIsOneSequenceWithIt() {
        TreeLayout chain = new TreeLayout(12, List.of(new TreeLayout.Segment(12, 6)));
        try (PointerScope scope = new PointerScope()) {
            Tensor q = random(HEADS, 7);
            Tensor k = random(KEY_HEADS, 8);
            Tensor v = random(KEY_HEADS, 9);
            float[] causal = Placement.CPU.floats(new CausalSequences(1, Placement.CPU.attention()).attend(0, q, k, v));
            for (boolean dense : new boolean[] {true, false}) {
                assertThat(Placement.CPU.floats(new TreeAttention(chain, Placement.CPU, dense).attend(0, q, k, v)))
                        .containsExactly(causal, within(1e-6f));
            }
        }
    }

    @Test
    void oneMaskedProductIsTheSameAsOneProductASegment() {
        try (PointerScope scope = new PointerScope()) {
            Tensor q = random(HEADS, 4).requires_grad_(true);
            Tensor k = random(KEY_HEADS, 5).requires_grad_(true);
            Tensor v = random(KEY_HEADS, 6).requires_grad_(true);
            float[][] dense = outputAndGradients(new TreeAttention(LAYOUT, Placement.CPU, true), q, k, v);
            float[][] segments = outputAndGradients(new TreeAttention(LAYOUT, Placement.CPU, false), q, k, v);
            for (int i = 0; i < dense.length; i++) {
                assertThat(segments[i]).containsExactly(dense[i], within(1e-5f));
            }
        }
    }

    @Test
    void refusesASegmentThatLeavesTheStemBehindItsEnd() {
        assertThatThrownBy(() -> new TreeLayout(3, List.of(new TreeLayout.Segment(4, 1))))
                .hasMessageContaining("does not fit a stem of 3 tokens");
    }

    private static float[][] outputAndGradients(Attention attention, Tensor q, Tensor k, Tensor v) {
        Tensor out = attention.attend(0, q, k, v);
        out.mul(out).sum().backward();
        float[][] all = {
            Placement.CPU.floats(out),
            Placement.CPU.floats(q.grad()),
            Placement.CPU.floats(k.grad()),
            Placement.CPU.floats(v.grad())
        };
        for (Tensor leaf : List.of(q, k, v)) {
            leaf.mutable_grad().reset();
        }
        return all;
    }

    private static Tensor path(Tensor x, TreeLayout.Segment segment, int start) {
        return org.bytedeco.pytorch.global.torch.cat(
                new org.bytedeco.pytorch.TensorVector(
                        x.narrow(0, 0, segment.shared()), x.narrow(0, start, segment.length())),
                0);
    }

    private static Tensor random(int heads, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[LAYOUT.tokens() * heads * WIDTH];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Placement.CPU.numbers(values, LAYOUT.tokens(), heads, WIDTH);
    }
}
