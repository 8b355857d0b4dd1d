package org.espalier.model.internal.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.espalier.core.Sampling;
import org.espalier.core.Seed;
import org.espalier.tensor.Placement;
import org.junit.jupiter.api.Test;

/** On the distribution 0.1, 0.4, 0.2, 0.3. */
class TokenSamplerTest {
    private static final double[] PROBABILITIES = {0.1, 0.4, 0.2, 0.3};

    @Test
    void takesTheFirstTokenWhoseCumulativeProbabilityExceedsTheNumber() {
        assertThat(choose(1, 1, 0, 0.0, 0.09, 0.11, 0.49, 0.51, 0.69, 0.71, 0.999999))
                .containsExactly(0, 0, 1, 1, 2, 2, 3, 3);
    }

    @Test
    void greedyTakesTheMostLikely() {
        assertThat(choose(0, 1, 0, 0.0, 0.999)).containsExactly(1, 1);
    }

    @Test
    void temperatureSharpens() {
        // At temperature 1/2 probabilities are squared: 0.01, 0.16, 0.04, 0.09 of 0.30.
        assertThat(choose(0.5, 1, 0, 0.03, 0.04, 0.56, 0.57, 0.69, 0.71)).containsExactly(0, 1, 1, 2, 2, 3);
    }

    @Test
    void theColdestTemperatureStillChooses() {
        assertThat(choose(1e-320, 1, 0, 0.0, 0.999)).containsExactly(1, 1);
    }

    @Test
    void topKKeepsTheMostLikely() {
        // 0.4 and 0.3 are left: 4/7 = 0.5714.
        assertThat(choose(1, 1, 2, 0.0, 0.57, 0.572, 0.999)).containsExactly(1, 1, 3, 3);
        assertThat(choose(1, 1, 1, 0.0, 0.999)).containsExactly(1, 1);
        assertThat(choose(1, 1, 9, 0.05, 0.999)).containsExactly(0, 3);
    }

    @Test
    void topPKeepsTheSmallestSetThatReachesIt() {
        // 0.4 + 0.3 + 0.2 = 0.9 reaches 0.75, 0.4 + 0.3 = 0.7 does not: 4/9, 2/9, 3/9 are left.
        assertThat(choose(1, 0.75, 0, 0.0, 0.44, 0.45, 0.66, 0.67, 0.999)).containsExactly(1, 1, 2, 2, 3, 3);
        assertThat(choose(1, 0.39, 0, 0.0, 0.999)).containsExactly(1, 1);
        assertThat(choose(1, 0.65, 0, 0.0, 0.57, 0.572)).containsExactly(1, 1, 3);
    }

    @Test
    void topPLooksAtWhatTopKLeft() {
        // Of 4/7 and 3/7, 4/7 alone reaches 0.5.
        assertThat(choose(1, 0.5, 2, 0.0, 0.999)).containsExactly(1, 1);
        assertThat(choose(1, 0.6, 2, 0.0, 0.999)).containsExactly(1, 3);
    }

    @Test
    void minPKeepsWhatIsAtLeastSoManyTimesAsLikelyAsTheLikeliest() {
        // A share of 0.6 of 0.4 is 0.24: 0.4 and 0.3 are left, 4/7 = 0.5714. A share of 0.45 keeps 0.2 too.
        assertThat(kept(new Sampling(1, 1, 0, 1, 0.6, 1, List.of(), 0), 0.0, 0.57, 0.572, 0.999))
                .containsExactly(1, 1, 3, 3);
        assertThat(kept(new Sampling(1, 1, 0, 1, 0.45, 1, List.of(), 0), 0.0, 0.45, 0.67, 0.999))
                .containsExactly(1, 2, 3, 3);
        assertThat(kept(new Sampling(1, 1, 0, 1, 1, 1, List.of(), 0), 0.0, 0.999))
                .containsExactly(1, 1);
        // After the temperature: squared, 0.3 is 0.09 of 0.16, less than a share of 0.6.
        assertThat(kept(new Sampling(0.5, 1, 0, 1, 0.6, 1, List.of(), 0), 0.0, 0.999))
                .containsExactly(1, 1);
        // And after top-p, which had left 0.2 as well.
        assertThat(kept(new Sampling(1, 0.75, 0, 1, 0.6, 1, List.of(), 0), 0.572, 0.999))
                .containsExactly(3, 3);
    }

    private static int[] kept(Sampling sampling, double... numbers) {
        return choose(PROBABILITIES, sampling, numbers);
    }

    @Test
    void equallyLikelyTokensStayTogether() {
        assertThat(choose(new double[] {0.25, 0.25, 0.25, 0.25}, 1, 1, 2, 0.1, 0.3, 0.6, 0.9))
                .containsExactly(0, 1, 2, 3);
    }

    @Test
    void topPOfALargeFlatVocabularyIsTheSameHoweverMuchIsSorted() {
        double[] slope = IntStream.range(0, 1000).mapToDouble(i -> 2000 - i).toArray();
        // The first 750 have 1,219,125 of 1,500,500, or 0.8125 of the probability; the first 749 have 0.8117.
        int[] chosen = choose(slope, 1, 0.812, 0, 0.0, 0.9999);
        assertThat(chosen).containsExactly(0, 749);
    }

    @Test
    void logProbabilitiesAreOfTheWholeDistributionAtTemperatureOne() {
        try (PointerScope scope = new PointerScope()) {
            TokenSampler.Chosen chosen = new TokenSampler(
                            new Sampling(0.5, 0.5, 2, 1, List.of(), 0), Placement.CPU, Set.of())
                    .choose(Placement.CPU.numbers(logits(PROBABILITIES), 1, 4), new long[1], TokenSamplerTest::nothing);
            assertThat(chosen.tokens()).containsExactly(1);
            assertThat(chosen.logprobs()[0]).isCloseTo((float) Math.log(0.4), within(1e-6f));
        }
    }

    @Test
    void drawsAsOftenAsProbabilitiesSay() {
        int draws = 20_000;
        double[] numbers = IntStream.range(0, draws)
                .mapToDouble(i -> Seed.of(3, "draws", i).fraction())
                .toArray();
        int[] counts = new int[4];
        for (int token : choose(1, 1, 0, numbers)) {
            counts[token]++;
        }
        double chiSquare = 0;
        for (int token = 0; token < 4; token++) {
            double expected = PROBABILITIES[token] * draws;
            chiSquare += (counts[token] - expected) * (counts[token] - expected) / expected;
        }
        // 16.27 is exceeded once in a thousand seeds with 3 degrees of freedom.
        assertThat(chiSquare).isLessThan(16.27);
    }

    private static int[] choose(double temperature, double topP, int topK, double... numbers) {
        return choose(PROBABILITIES, temperature, topP, topK, numbers);
    }

    private static int[] choose(double[] probabilities, double temperature, double topP, int topK, double... numbers) {
        return choose(probabilities, new Sampling(temperature, topP, topK, 1, List.of(), 0), numbers);
    }

    private static int[] choose(double[] probabilities, Sampling sampling, double... numbers) {
        try (PointerScope scope = new PointerScope()) {
            float[] row = logits(probabilities);
            float[] logits = new float[numbers.length * row.length];
            for (int i = 0; i < numbers.length; i++) {
                System.arraycopy(row, 0, logits, i * row.length, row.length);
            }
            long[] units =
                    Arrays.stream(numbers).mapToLong(u -> (long) (u * 0x1p52)).toArray();
            return Arrays.stream(new TokenSampler(sampling, Placement.CPU, Set.of())
                            .choose(
                                    Placement.CPU.numbers(logits, numbers.length, row.length),
                                    units,
                                    TokenSamplerTest::nothing)
                            .tokens())
                    .mapToInt(Math::toIntExact)
                    .toArray();
        }
    }

    private static Tensor nothing() {
        throw new AssertionError("nothing that stands before is looked at");
    }

    @Test
    void repetitionPenaltyDividesPositiveLogitsAndMultipliesNegativeOnesOnce() {
        // As transformers' RepetitionPenaltyLogitsProcessor has it: 2.0 / 1.25 = 1.6 < 1.7, -1.0 * 1.25 = -1.25 < -1.2.
        float[] logits = {2.0f, 1.7f, -1.0f, -1.2f};
        assertThat(penalized(0, 1.25, logits, 0)).isEqualTo(1);
        assertThat(penalized(0, 1.25, logits, 0, 0, 0)).isEqualTo(1);
        assertThat(penalized(0, 1.25, logits, 1, 3)).isEqualTo(0);
        assertThat(penalized(0, 1.17, logits, 0)).isEqualTo(0);
        assertThat(penalized(0, 1.25, new float[] {-9, -9, -1.0f, -1.2f}, 2)).isEqualTo(3);
        // A penalty below 1 asks for repetition.
        assertThat(penalized(0, 0.5, logits, 1)).isEqualTo(1);
    }

    @Test
    void repetitionPenaltyComesBeforeTheTemperature() {
        // 3 / 2 = 1.5 and 1 become 3 and 2 at temperature 1/2: the first has 1 / (1 + exp(-1)) = 0.7311.
        float[] logits = {3, 1};
        assertThat(penalized(0.5, 2, logits, 0.73, 0)).isEqualTo(0);
        assertThat(penalized(0.5, 2, logits, 0.74, 0)).isEqualTo(1);
    }

    @Test
    void whatIsImpossibleIsNeverChosenHoweverLikely() {
        try (PointerScope scope = new PointerScope()) {
            for (double temperature : new double[] {0, 1}) {
                TokenSampler sampler = new TokenSampler(Sampling.at(temperature, 1, 0), Placement.CPU, Set.of(1, 2));
                long last = (1L << Seed.BITS) - 1;
                for (long number : new long[] {0, last / 2, last}) {
                    TokenSampler.Chosen chosen = sampler.choose(
                            Placement.CPU.numbers(new float[] {0, 50, 40, 1}, 1, 4),
                            new long[] {number},
                            TokenSamplerTest::nothing);
                    assertThat(chosen.tokens()[0]).isIn(0L, 3L);
                    assertThat(chosen.logprobs()[0]).isLessThan(-45);
                }
            }
        }
    }

    @Test
    void whatHasNoProbabilitiesSaysSo() {
        try (PointerScope scope = new PointerScope()) {
            float[] nan = {Float.NaN, 1};
            for (double temperature : new double[] {0, 1}) {
                assertThat(new TokenSampler(Sampling.at(temperature, 1, 0), Placement.CPU, Set.of())
                                .choose(Placement.CPU.numbers(nan, 1, 2), new long[1], TokenSamplerTest::nothing)
                                .logprobs()[0])
                        .isNaN();
            }
        }
    }

    private static int penalized(double temperature, double penalty, float[] logits, int... before) {
        return penalized(temperature, penalty, logits, 0.0, before);
    }

    private static int penalized(double temperature, double penalty, float[] logits, double number, int... before) {
        try (PointerScope scope = new PointerScope()) {
            long[] ids = Arrays.stream(before).asLongStream().toArray();
            return Math.toIntExact(new TokenSampler(
                            new Sampling(temperature, 1, 0, penalty, 0, 1, List.of(), 0), Placement.CPU, Set.of())
                    .choose(
                            Placement.CPU.numbers(logits, 1, logits.length),
                            new long[] {(long) (number * 0x1p52)},
                            () -> Placement.CPU.indices(ids, 1, ids.length))
                    .tokens()[0]);
        }
    }

    private static float[] logits(double[] probabilities) {
        float[] logits = new float[probabilities.length];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) (Math.log(probabilities[i]) + 3);
        }
        return logits;
    }
}
