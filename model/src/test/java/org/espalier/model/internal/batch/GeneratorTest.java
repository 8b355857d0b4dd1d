package org.espalier.model.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.espalier.core.Continuation.End;
import org.espalier.core.InputException;
import org.espalier.core.Sampling;
import org.espalier.core.Seed;
import org.espalier.model.decoder.Deltas;
import org.espalier.tensor.PackedProduct;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Decoding with a cache beside the reference values and beside full forward passes. */
class GeneratorTest {
    private static final Sampling DRAWN = Sampling.at(1, 40, 7);

    private static OracleModel oracle;

    @BeforeAll
    static void open() {
        oracle = new OracleModel();
    }

    @AfterAll
    static void close() {
        oracle.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "single", "double"})
    void writesTheReferencesGreedyTokens(String name) {
        int[] greedy = oracle.ints("case." + name + ".greedy");
        SharedPrompt group = oracle.group(name, new int[0], start(0, 0));

        GeneratedTokens written = oracle.generate(Deltas.NONE, List.of(group), new Sampling(0, 1, 0, 12, List.of(), 0))
                .getFirst()
                .getFirst();

        assertThat(written.ids()).isEqualTo(greedy);
        assertThat(written.end()).isEqualTo(End.LENGTH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "single", "double"})
    void writesTheSameByPackedWeights(String name) {
        assumeThat(PackedProduct.suits(oracle.model.placement())).isTrue();
        SharedPrompt group = oracle.group(name, new int[0], start(0, 0));
        try (PointerScope scope = new PointerScope()) {
            FrozenDecoder packed = new FrozenDecoder(oracle.model.decoder().packed(Deltas.NONE), Deltas.NONE);

            GeneratedTokens written = oracle.generate(
                            packed, List.of(group), new Sampling(0, 1, 0, 12, List.of(), 0), Set.of())
                    .getFirst()
                    .getFirst();

            assertThat(written.ids()).isEqualTo(oracle.ints("case." + name + ".greedy"));
        }
    }

    @Test
    void packedWeightsHoldTheAdapter() {
        assumeThat(PackedProduct.suits(oracle.model.placement())).isTrue();
        SharedPrompt group = oracle.group("single", new int[0], start(0, 3), start(0, 4));
        try (PointerScope scope = new PointerScope()) {
            FrozenDecoder packed = new FrozenDecoder(oracle.model.decoder().packed(oracle.adapter), Deltas.NONE);

            List<GeneratedTokens> written =
                    oracle.generate(packed, List.of(group), DRAWN, Set.of()).getFirst();

            for (GeneratedTokens row : written) {
                float[] full = oracle.logprobs(oracle.adapter, group, 0, row.ids());
                for (int i = 0; i < full.length; i++) {
                    assertThat(row.logprobs()[i]).isCloseTo(full[i], within(2e-4));
                }
            }
        }
    }

    @Test
    void goesOnGreedilyFromAnywhereOnAStem() {
        int[] greedy = oracle.ints("case.single.greedy");
        SharedPrompt group = oracle.group("single", Arrays.copyOf(greedy, 7), start(0, 0), start(3, 0), start(7, 0));

        List<GeneratedTokens> written = oracle.generate(
                        Deltas.NONE, List.of(group), new Sampling(0, 1, 0, 5, List.of(), 0))
                .getFirst();

        assertThat(written.get(0).ids()).isEqualTo(Arrays.copyOf(greedy, 5));
        assertThat(written.get(1).ids()).isEqualTo(Arrays.copyOfRange(greedy, 3, 8));
        assertThat(written.get(2).ids()).isEqualTo(Arrays.copyOfRange(greedy, 7, 12));
    }

    @Test
    void drawsTheSameTogetherAndAlone() {
        List<SharedPrompt> groups = unevenGroups();

        List<List<GeneratedTokens>> together = oracle.generate(oracle.adapter, groups, DRAWN);

        for (int g = 0; g < groups.size(); g++) {
            SharedPrompt group = groups.get(g);
            for (int r = 0; r < group.starts().size(); r++) {
                SharedPrompt alone =
                        oracle.group(group.name(), group.stem(), group.starts().get(r));
                GeneratedTokens one = oracle.generate(oracle.adapter, List.of(alone), DRAWN)
                        .getFirst()
                        .getFirst();
                GeneratedTokens same = together.get(g).get(r);
                assertThat(same.ids()).isEqualTo(one.ids());
                assertThat(same.logprobs()).containsExactly(one.logprobs(), within(2e-4));
            }
        }
    }

    @Test
    void rowsThatEndEarlyLeaveTheOthersAsTheyWere() {
        List<SharedPrompt> groups = unevenGroups();
        List<List<GeneratedTokens>> whole = oracle.generate(Deltas.NONE, groups, DRAWN);
        Set<Integer> ends = IntStream.range(0, 12).mapToObj(i -> 10 * i).collect(Collectors.toSet());

        List<List<GeneratedTokens>> ended = oracle.generate(Deltas.NONE, groups, DRAWN, ends);

        int early = 0;
        for (int g = 0; g < groups.size(); g++) {
            for (int r = 0; r < groups.get(g).starts().size(); r++) {
                int[] ids = whole.get(g).get(r).ids();
                int length = 0;
                while (length < ids.length && !ends.contains(ids[length])) {
                    length++;
                }
                boolean finished = length < ids.length;
                early += finished ? 1 : 0;
                GeneratedTokens written = ended.get(g).get(r);
                assertThat(written.ids()).isEqualTo(Arrays.copyOf(ids, finished ? length + 1 : length));
                assertThat(written.end()).isEqualTo(finished ? End.FINISHED : End.LENGTH);
            }
        }
        assertThat(early).isGreaterThan(3);
    }

    @Test
    void logProbabilitiesAreThoseOfAFullForwardPass() {
        List<SharedPrompt> groups = unevenGroups();

        List<List<GeneratedTokens>> written = oracle.generate(oracle.adapter, groups, DRAWN);

        for (int g = 0; g < groups.size(); g++) {
            for (int r = 0; r < groups.get(g).starts().size(); r++) {
                GeneratedTokens one = written.get(g).get(r);
                float[] full = oracle.logprobs(
                        oracle.adapter,
                        groups.get(g),
                        groups.get(g).starts().get(r).cut(),
                        one.ids());
                for (int i = 0; i < full.length; i++) {
                    assertThat(one.logprobs()[i]).isCloseTo(full[i], within(2e-4));
                }
            }
        }
    }

    @Test
    void refusesAPromptThatLeavesNoRoomAndATokenThatDoesNotExist() {
        int most = oracle.model.config().maxPositions();
        SharedPrompt tooLong = oracle.group("text", new int[most], start(0, 0));
        SharedPrompt stranger =
                oracle.group("text", new int[] {oracle.model.config().text().vocabulary()}, start(0, 0));

        assertThatThrownBy(() -> oracle.generate(Deltas.NONE, List.of(tooLong), DRAWN))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("leaves no room");
        assertThatThrownBy(() -> oracle.generate(Deltas.NONE, List.of(stranger), DRAWN))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("made by another model");
    }

    /** PromptEncoder of three lengths with one, two and five rows from various places. */
    private static List<SharedPrompt> unevenGroups() {
        int[] stem = {5, 9, 2, 77, 30, 8};
        List<SharedPrompt> groups = new ArrayList<>();
        groups.add(oracle.group("text", stem, start(0, 0), start(6, 1)));
        groups.add(oracle.group("single", stem, start(2, 0), start(2, 1), start(0, 2), start(5, 3), start(6, 4)));
        groups.add(oracle.group("double", new int[0], start(0, 0)));
        return groups;
    }

    private static SharedPrompt.Start start(int cut, int sample) {
        return new SharedPrompt.Start(
                cut, Seed.of(1, "tokens").and("question").and(cut).and(sample));
    }
}
