package org.espalier.srpo.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.espalier.model.LoadedModel;
import org.espalier.model.ModelFolder;
import org.espalier.tensor.Dtype;
import org.espalier.tensor.Placement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Logits by the chunk against all of them at once with libtorch's own backward pass, on the fixture's head, in float64. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HeadScoresTest {
    private static final int TOKENS = 23;

    private final Placement placement = Placement.CPU.with(Dtype.F64);
    private final SplittableRandom random = new SplittableRandom(4);
    private final double[] gradients =
            random.doubles(TOKENS).map(drawn -> drawn - 0.5).toArray();
    private LoadedModel loaded;
    private long[] targets = {};
    private double[] states = {};

    @BeforeAll
    void make() {
        Path folder = Path.of(System.getProperty("espalier.root", ".."), "fixtures", "qwen2_5_vl");
        loaded = LoadedModel.open(ModelFolder.open(folder), placement);
        targets = random.longs(TOKENS, 0, loaded.decoder().shape().vocabulary()).toArray();
        states = random.doubles((long) TOKENS * loaded.decoder().shape().hidden())
                .map(drawn -> 4 * drawn - 2)
                .toArray();
    }

    @AfterAll
    void close() {
        loaded.close();
    }

    private record Result(double[] logprobs, double[] gradient) {}

    private Tensor states() {
        return placement.numbers(states, TOKENS, loaded.decoder().shape().hidden());
    }

    private Result chunked(HeadScores.Chunks chunks) {
        try (PointerScope scope = new PointerScope()) {
            HeadScores scores = new HeadScores(states(), loaded.decoder(), targets, true, chunks);
            Result result = new Result(scores.logprobs(), placement.doubles(scores.backward(gradients)));
            scores.release();
            return result;
        }
    }

    private Result plain() {
        try (PointerScope scope = new PointerScope()) {
            Tensor states = states().requires_grad_(true);
            Tensor logprobs = torch.log_softmax(
                            states.mm(loaded.decoder().head().t()), 1)
                    .gather(1, placement.indices(targets, TOKENS, 1));
            logprobs.mul(placement.numbers(gradients, TOKENS, 1)).sum().backward();
            return new Result(placement.doubles(logprobs), placement.doubles(states.grad()));
        }
    }

    @Test
    void logitsByTheChunkAreThoseOfAllAtOnce() {
        Result plain = plain();
        assertThat(Arrays.stream(plain.gradient()).map(Math::abs).max().orElseThrow())
                .isGreaterThan(0.01);
        for (HeadScores.Chunks chunks : List.of(
                HeadScores.Chunks.USUAL,
                new HeadScores.Chunks(0, 5, 0),
                new HeadScores.Chunks(0, 5, Long.MAX_VALUE),
                new HeadScores.Chunks(0, 1, 0))) {
            Result chunked = chunked(chunks);
            assertThat(chunked.logprobs()).containsExactly(plain.logprobs(), within(1e-9));
            assertThat(chunked.gradient()).containsExactly(plain.gradient(), within(1e-9));
        }
    }
}
