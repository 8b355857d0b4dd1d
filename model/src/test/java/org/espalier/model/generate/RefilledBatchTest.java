package org.espalier.model.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.espalier.core.Continuation;
import org.espalier.core.Draw;
import org.espalier.core.Sampler;
import org.espalier.core.Sampling;
import org.espalier.core.Stem;
import org.espalier.core.Turn;
import org.espalier.core.UnusableModelException;
import org.espalier.model.LoadedModel;
import org.espalier.model.ModelFolder;
import org.espalier.model.decoder.Deltas;
import org.espalier.model.internal.batch.Sequence;
import org.espalier.tensor.Device;
import org.espalier.tensor.Dtype;
import org.espalier.tensor.Placement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pretended device keeps its batch full, where the processor has one batch after the other. */
class RefilledBatchTest {
    private static final Sampling DRAWN = Sampling.at(1, 24, 5);
    private static final int AT_ONCE = 7;
    private static final int DRAWS = 3;
    private static final String LACK = "CUDA out of memory. Tried to allocate 2.00 GiB.";

    @TempDir
    private static Path folder;

    private static LoadedModel loaded;
    private static LocalModel model;

    @BeforeAll
    static void open() {
        SmallCheckpoint.write(folder);
        Device pretended = new Device("pretended", Device.Kind.PRETENDED);
        loaded = LoadedModel.open(ModelFolder.open(folder), new Placement(pretended, Dtype.F32));
        model = new LocalModel(loaded, Deltas.NONE, AT_ONCE);
    }

    @AfterAll
    static void close() {
        model.close();
        loaded.close();
    }

    private static List<Sampler.Request> requests() {
        return IntStream.range(0, 6)
                .mapToObj(number -> new Sampler.Request(
                        "q" + number,
                        List.of(new Turn(
                                Turn.Role.USER,
                                List.of(SmallCheckpoint.ORACLE.resolve("image_" + number % 2 + ".png")),
                                "Is the child safe? " + "Look again. ".repeat(number))),
                        Stem.EMPTY,
                        IntStream.range(0, DRAWS).mapToObj(Draw::whole).toList()))
                .toList();
    }

    private static List<Continuation> expected(IntUnaryOperator most) {
        try (LocalModel processor = LocalModel.open(folder, Optional.empty(), Device.CPU)) {
            return processor.sample(requests(), DRAWN, watchers(new ArrayList<>(), most, _ -> false)).stream()
                    .flatMap(List::stream)
                    .toList();
        }
    }

    private static void same(List<List<Continuation>> drawn, IntUnaryOperator most) {
        List<Continuation> all = drawn.stream().flatMap(List::stream).toList();
        List<Continuation> expected = expected(most);
        assertThat(all)
                .extracting(Continuation::tokens)
                .isEqualTo(expected.stream().map(Continuation::tokens).toList());
        assertThat(all)
                .extracting(Continuation::end)
                .isEqualTo(expected.stream().map(Continuation::end).toList());
        for (int i = 0; i < all.size(); i++) {
            for (int t = 0; t < all.get(i).logprobs().size(); t++) {
                assertThat(all.get(i).logprobs().get(t))
                        .isCloseTo(expected.get(i).logprobs().get(t), within(2e-4));
            }
        }
    }

    /** Watchers that write down who got a token and end a request's at its length; some, by their number, are made in vain. */
    private static Supplier<Sequence.Watch> watchers(List<Integer> got, IntUnaryOperator most, IntPredicate fails) {
        AtomicInteger made = new AtomicInteger();
        return () -> {
            int number = made.getAndIncrement();
            if (fails.test(number)) {
                throw new RuntimeException(LACK);
            }
            int request = number / DRAWS;
            AtomicInteger tokens = new AtomicInteger();
            return token -> {
                got.add(request);
                return tokens.incrementAndGet() == most.applyAsInt(request);
            };
        };
    }

    @Test
    void nextRequestsJoinBeforeTheLastOnesHaveEnded() {
        IntUnaryOperator most = request -> 6 + 5 * (request % 3);
        List<Integer> got = new ArrayList<>();

        same(model.sample(requests(), DRAWN, watchers(got, most, _ -> false)), most);

        // Two requests have places at once; the third begins while one of them continues.
        int last = Math.max(got.lastIndexOf(0), got.lastIndexOf(1));
        assertThat(got.indexOf(2)).isGreaterThan(got.indexOf(1)).isLessThan(last);
        assertThat(got).contains(0, 1, 2, 3, 4, 5);
        for (int from = 0; from < got.size(); from++) {
            int ahead = from;
            assertThat(IntStream.range(0, 6)
                            .filter(request -> got.indexOf(request) <= ahead && got.lastIndexOf(request) > ahead))
                    .as("requests inside after %d tokens", from)
                    .hasSizeLessThanOrEqualTo(AT_ONCE / DRAWS);
        }
    }

    @Test
    void drawsTheRestInBatchesWhereMemoryRunsOut() {
        for (int lacking : new int[] {0, 7, 16}) {
            IntUnaryOperator any = _ -> DRAWN.maxTokens();
            same(model.sample(requests(), DRAWN, watchers(new ArrayList<>(), any, number -> number == lacking)), any);
        }
    }

    @Test
    void anotherFailureIsOne() {
        assertThatThrownBy(() -> model.sample(requests(), DRAWN, () -> {
                    throw new IllegalStateException("no watcher");
                }))
                .hasMessage("no watcher");
    }

    @Test
    void namesTheQuestionThatHasNoProbabilities(@TempDir Path other) {
        SmallCheckpoint.write(other);
        SmallCheckpoint.rewrite(
                other,
                (name, tensor) -> name.endsWith("layers.1.mlp.up_proj.weight")
                        ? Placement.CPU.numbers(new double[] {Double.NaN}, 1).add(tensor)
                        : tensor);
        try (LoadedModel broken = LoadedModel.open(ModelFolder.open(other), loaded.placement());
                LocalModel sampled = new LocalModel(broken, Deltas.NONE, AT_ONCE)) {
            assertThatThrownBy(() -> sampled.sample(requests(), DRAWN))
                    .isInstanceOf(UnusableModelException.class)
                    .hasMessageContaining(
                            "for the answer to q0 (NaN): the tensor model.layers.1.mlp.up_proj.weight in");
        }
    }
}
