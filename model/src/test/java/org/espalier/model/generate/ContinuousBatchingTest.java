package org.espalier.model.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.espalier.core.Continuation;
import org.espalier.core.Continuation.End;
import org.espalier.core.Cut;
import org.espalier.core.Draw;
import org.espalier.core.InputException;
import org.espalier.core.Sampler;
import org.espalier.core.Sampling;
import org.espalier.core.Stem;
import org.espalier.core.Turn;
import org.espalier.model.decoder.Deltas;
import org.espalier.tensor.Device;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContinuousBatchingTest {
    private static final int PLACES = 6;
    /** Seconds; what is waited for comes at once on a machine that is not busy. */
    private static final long WAIT = 300;

    private static final List<Path> PICTURES =
            List.of(SmallCheckpoint.ORACLE.resolve("image_0.png"), SmallCheckpoint.ORACLE.resolve("image_1.png"));

    @TempDir
    private static Path folder;

    private static LocalModel alone;
    private static ContinuousBatching together;

    @BeforeAll
    static void open() {
        SmallCheckpoint.write(folder);
        alone = LocalModel.open(folder, Optional.empty(), Device.CPU);
        together = ContinuousBatching.start(
                alone.loaded(), Map.of("plain", Deltas.NONE, "other", Deltas.NONE), PLACES, () -> {});
    }

    @AfterAll
    static void close() {
        together.close();
        alone.close();
    }

    /** What a caller hears. */
    private static class Heard implements ContinuousBatching.Listener {
        final List<StringBuilder> texts = new ArrayList<>();
        final List<List<GeneratedToken>> tokens = new ArrayList<>();
        final List<CompletableFuture<End>> ends = new ArrayList<>();
        final List<Integer> counts = new ArrayList<>();

        Heard(int choices) {
            for (int i = 0; i < choices; i++) {
                texts.add(new StringBuilder());
                tokens.add(new ArrayList<>());
                ends.add(new CompletableFuture<>());
                counts.add(0);
            }
        }

        @Override
        public void said(int choice, String piece, List<GeneratedToken> told) {
            texts.get(choice).append(piece);
            tokens.get(choice).addAll(told);
        }

        @Override
        public void ended(int choice, End end, int count) {
            counts.set(choice, count);
            ends.get(choice).complete(end);
        }

        @Override
        public void failed(RuntimeException why) {
            ends.forEach(end -> end.completeExceptionally(why));
        }

        @Override
        public boolean left() {
            return false;
        }

        End end(int choice) throws Exception {
            return ends.get(choice).get(WAIT, TimeUnit.SECONDS);
        }
    }

    private static ContinuousBatching.Ask ask(int number, Stem stem, int choices, Sampling sampling) {
        List<Path> shown = number % 3 == 2 ? List.of() : List.of(PICTURES.get(number % 3));
        String words = "what is this? ".repeat(1 + number % 4);
        return new ContinuousBatching.Ask(
                number % 5 == 0 ? "other" : "plain",
                new Sampler.Request(
                        "q" + number,
                        List.of(new Turn(Turn.Role.USER, shown, words)),
                        stem,
                        IntStream.range(0, choices)
                                .mapToObj(i -> new Draw(end(stem), 0, i))
                                .toList()),
                sampling,
                OptionalInt.of(number % 2),
                Optional.empty());
    }

    private static Cut end(Stem stem) {
        return new Cut(0, stem.text().length());
    }

    /** In every way to sample, of every length, with and without pictures, stems and stop texts. */
    private static List<ContinuousBatching.Ask> asks(int count) {
        SplittableRandom random = new SplittableRandom(7);
        List<ContinuousBatching.Ask> asks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int length = random.nextInt(1, 60);
            Sampling sampling = switch (i % 4) {
                case 0 -> Sampling.at(1, length, i);
                case 1 -> Sampling.at(0, length, i);
                case 2 -> new Sampling(0.8, 0.9, 20, length, List.of("e", "zz"), i);
                default -> new Sampling(1.3, 1, 0, 1.1, 0.01, length, List.of(), i);
            };
            asks.add(ask(i, i % 3 == 0 ? new Stem("it is a", List.of()) : Stem.EMPTY, 1 + i % 3, sampling));
        }
        return asks;
    }

    @Test
    void answersAsThoughEachCallerWereAlone() throws Exception {
        List<ContinuousBatching.Ask> asks = asks(25);
        List<Heard> heard = new ArrayList<>();
        for (ContinuousBatching.Ask ask : asks) {
            Heard one = new Heard(ask.request().draws().size());
            heard.add(one);
            together.submit(together.prepare(ask), one);
            if (heard.size() % 7 == 0) {
                // Some come while others are under way, some when all have ended.
                one.end(0);
            }
        }
        for (int i = 0; i < asks.size(); i++) {
            List<Continuation> expected = alone.sample(
                            List.of(asks.get(i).request()), asks.get(i).sampling())
                    .getFirst();
            for (int choice = 0; choice < expected.size(); choice++) {
                assertThat(heard.get(i).end(choice))
                        .isEqualTo(expected.get(choice).end());
                assertThat(heard.get(i).texts.get(choice))
                        .as("answer %d of ask %d", choice, i)
                        .hasToString(expected.get(choice).text());
                assertThat(heard.get(i).counts.get(choice))
                        .isEqualTo(expected.get(choice).tokens().size());
            }
        }
    }

    @Test
    void tellsTokensWithTheLikeliestBeside() throws Exception {
        ContinuousBatching.Ask ask = ask(1, Stem.EMPTY, 1, Sampling.at(0, 12, 3));
        Heard heard = new Heard(1);
        together.submit(together.prepare(ask), heard);
        heard.end(0);

        Continuation expected =
                alone.sample(List.of(ask.request()), ask.sampling()).getFirst().getFirst();
        List<GeneratedToken> tokens = heard.tokens.getFirst();
        assertThat(tokens).hasSizeGreaterThan(3);
        for (int i = 0; i < tokens.size(); i++) {
            GeneratedToken token = tokens.get(i);
            assertThat(token.logprob()).isCloseTo(expected.logprobs().get(i), within(1e-4));
            assertThat(token.likeliest()).hasSize(1);
            assertThat(token.likeliest().getFirst().bytes()).isEqualTo(token.bytes());
            assertThat(token.likeliest().getFirst().logprob()).isEqualTo(token.logprob());
        }
    }

    @Test
    void tellsTheFirstPieceBeforeTheLastTokenIsComputed() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Heard heard = new Heard(1) {
            @Override
            public void said(int choice, String piece, List<GeneratedToken> told) {
                super.said(choice, piece, told);
                first.countDown();
                waitFor(go);
            }
        };
        together.submit(together.prepare(ask(1, Stem.EMPTY, 1, Sampling.at(1.5, 50, 4))), heard);
        assertThat(first.await(WAIT, TimeUnit.SECONDS)).isTrue();
        assertThat(heard.ends.getFirst()).isNotDone();
        go.countDown();
        heard.end(0);
    }

    @Test
    void whoLeavesMakesRoomAfterOneStep() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        int[] heardAfter = {0};
        boolean[] left = {false};
        // All places, and for longer than anybody would wait for.
        Heard leaving = new Heard(PLACES) {
            @Override
            public void said(int choice, String piece, List<GeneratedToken> told) {
                heardAfter[0] += left[0] ? 1 : 0;
                if (choice == PLACES - 1 && begun.getCount() > 0) {
                    begun.countDown();
                    left[0] = true;
                }
            }

            @Override
            public boolean left() {
                return left[0];
            }
        };
        Sampling endless = new Sampling(2, 1, 0, 100_000, List.of(), 3);
        together.submit(together.prepare(ask(2, Stem.EMPTY, PLACES, endless)), leaving);
        Heard waiting = new Heard(PLACES);
        together.submit(together.prepare(ask(2, Stem.EMPTY, PLACES, Sampling.at(1, 3, 3))), waiting);

        assertThat(begun.await(WAIT, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < PLACES; i++) {
            waiting.end(i);
        }
        assertThat(heardAfter[0]).isZero();
        assertThat(leaving.ends).noneMatch(CompletableFuture::isDone);
    }

    @Test
    void refusesWhatLeavesNoRoomAndGoesOn() throws Exception {
        ContinuousBatching.Ask tooLong = ask(2, new Stem("word ".repeat(40_000), List.of()), 1, Sampling.at(0, 5, 0));
        ContinuousBatching.Prepared prepared = together.prepare(tooLong);
        assertThat(prepared.positions()).isGreaterThan(together.maxPositions());
        assertThatThrownBy(() -> together.submit(prepared, new Heard(1)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("leaves no room for an answer");

        Heard after = new Heard(1);
        together.submit(together.prepare(ask(1, Stem.EMPTY, 1, Sampling.at(0, 5, 0))), after);
        after.end(0);
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await(WAIT, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
