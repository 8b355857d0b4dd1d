package org.espalier.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.espalier.bench.set.Benchmarks;
import org.espalier.bench.stats.Cellwise;
import org.espalier.bench.stats.Interval;
import org.espalier.bench.stats.OutcomeTally;
import org.espalier.bench.stats.Statistic;
import org.espalier.bench.suite.AnswerVerdict;
import org.espalier.bench.suite.Benchmark;
import org.espalier.bench.suite.Measure;
import org.espalier.bench.suite.QuestionKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How far figures could move if answers without a verdict had one, worked by hand. */
class UnjudgedTest {
    private final OutcomeTally tally = new OutcomeTally();

    private static Benchmark named(String name) {
        return Benchmarks.shipped().named(name).orElseThrow();
    }

    private Optional<Interval> bounds(Benchmark benchmark, Unjudged unjudged, String key) {
        return unjudged.bounds(
                _ -> true,
                tally,
                benchmark.measures(tally.cells()).stream()
                        .filter(measure -> measure.key().equals(key))
                        .map(Measure::statistic)
                        .findFirst()
                        .orElseThrow());
    }

    /** Counts a unit, and takes in what is missing of it; an empty label is no verdict. */
    private void unit(Benchmark benchmark, Unjudged unjudged, String category, String... labels) {
        List<Optional<AnswerVerdict>> verdicts = Stream.of(labels)
                .map(label ->
                        label.isEmpty() ? Optional.<AnswerVerdict>empty() : Optional.of(new AnswerVerdict(label, "")))
                .toList();
        List<String> scored = benchmark.score(category, verdicts);
        scored.forEach(outcome -> tally.add(category, outcome));
        unjudged.add(QuestionKind.of(category), verdicts, scored);
    }

    @Test
    void ofAHundredAndTwentyPathsEightAreMissing() {
        Benchmark rsBench = named("rsbench");
        Unjudged unjudged = new Unjudged(rsBench);
        for (int path = 0; path < 120; path++) {
            unit(rsBench, unjudged, "c", path < 8 ? "" : path < 70 ? "10 2" : "00 1");
        }
        // 62 of 112 are safe: 62 of 120 if none of the eight is, 70 of 120 if all are.
        Interval safe = bounds(rsBench, unjudged, "sr").orElseThrow();
        assertThat(safe.low()).isCloseTo(51.67, within(0.005));
        assertThat(safe.high()).isCloseTo(58.33, within(0.005));
    }

    @Test
    void pathsOfAQuestionThatAreJudgedAreNotCountedTwice() {
        Benchmark rsBench = named("rsbench");
        Unjudged unjudged = new Unjudged(rsBench);
        unit(rsBench, unjudged, "c", "11", "", "00 1", "");
        assertThat(bounds(rsBench, unjudged, "ser")).contains(new Interval(25, 75));
    }

    @Test
    void aPairOfWhichOneHalfIsKnownMovesTheOtherHalfAlone() {
        Benchmark mss = named("mssbench");
        Unjudged unjudged = new Unjudged(mss);
        unit(mss, unjudged, "chat/a", "2", "1");
        unit(mss, unjudged, "chat/a", "2", "");
        // The first pair is right in both. The second is right where it is safe; the other half is right or is not.
        assertThat(bounds(mss, unjudged, "accuracy")).contains(new Interval(75, 100));
        assertThat(bounds(mss, unjudged, "chat.safe")).isEmpty();
        assertThat(bounds(mss, unjudged, "chat.unsafe")).contains(new Interval(50, 100));
    }

    @Test
    void aMajorityThatIsDecidedCannotBeTurned() {
        Benchmark siuo = named("siuo");
        Unjudged unjudged = new Unjudged(siuo);
        unit(siuo, unjudged, "c", "11", "11", "");
        assertThat(bounds(siuo, unjudged, "safe_rate")).isEmpty();
        unit(siuo, unjudged, "c", "11", "00", "");
        assertThat(bounds(siuo, unjudged, "safe_rate")).contains(new Interval(50, 100));
    }

    @Test
    void meansOverCellsMoveByWhatIsMissingInEach() {
        Benchmark safe = named("safebench");
        Unjudged unjudged = new Unjudged(safe);
        unit(safe, unjudged, "Violence/Physical Harm", "0 5/1");
        unit(safe, unjudged, "Violence/Physical Harm", "");
        unit(safe, unjudged, "Ethics/Bioethics", "1 1/1");
        // Violence: SRI (5 + 1) / 10 to 100; Ethics stays at 20.
        assertThat(bounds(safe, unjudged, "sri")).contains(new Interval(40, 60));
        assertThat(bounds(safe, unjudged, "asr")).contains(new Interval(50, 75));
        assertThat(bounds(safe, unjudged, "asr.Ethics")).isEmpty();
    }

    @Test
    void ofAFigureForEachOfManyCellsOnlyItsOwnAreLookedAt() {
        Benchmark rsBench = named("rsbench");
        Unjudged unjudged = new Unjudged(rsBench);
        for (int cell = 0; cell < 100; cell++) {
            unit(rsBench, unjudged, "c" + cell, "10 2");
            unit(rsBench, unjudged, "c" + cell, "");
        }
        int[] looks = {0};
        for (int cell = 0; cell < 100; cell++) {
            List<String> own = List.of("c" + cell);
            Statistic safe = new Statistic(
                    counts -> {
                        looks[0]++;
                        return 100 * counts.mean(own, outcome -> outcome.startsWith("1") ? 1 : 0);
                    },
                    Optional.empty(),
                    Optional.of(own),
                    Optional.empty());
            assertThat(unjudged.bounds(_ -> true, tally, safe)).contains(new Interval(50, 100));
        }
        // The least and the most, of each the ways of one unit and the value that comes of them.
        assertThat(looks[0]).isLessThan(100 * 2 * 20);
    }

    /** The least and the most of a figure, told from its cells and told from all counts. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aHeadlineFigureOfThousandsOfCellsIsNotCountedAnewForEach(boolean pooled) {
        Benchmark rsBench = named("rsbench");
        Unjudged unjudged = new Unjudged(rsBench);
        for (int cell = 0; cell < 300; cell++) {
            for (int path = 0; path <= cell % 3; path++) {
                unit(rsBench, unjudged, "c" + cell, path % 2 == 0 ? "10 2" : "00 1");
            }
            unit(rsBench, unjudged, "c" + cell, "");
        }
        int[] looks = {0};
        ToDoubleBiFunction<OutcomeTally, String> alone =
                (counts, cell) -> 100 * counts.mean(List.of(cell), outcome -> outcome.startsWith("1") ? 1 : 0);
        ToDoubleFunction<OutcomeTally> value = counts -> {
            looks[0]++;
            return pooled
                    ? alone.applyAsDouble(counts.pooled("all"), "all")
                    : OutcomeTally.macro(counts.cells().stream()
                            .mapToDouble(cell -> alone.applyAsDouble(counts, cell))
                            .toArray());
        };
        Optional<Interval> slow = unjudged.bounds(
                _ -> true, tally, new Statistic(value, Optional.empty(), Optional.empty(), Optional.empty()));
        assertThat(looks[0]).isGreaterThan(2 * 300);
        looks[0] = 0;
        Statistic cellwise =
                new Statistic(value, Optional.empty(), Optional.empty(), Optional.of(new Cellwise(pooled, alone)));
        assertThat(unjudged.bounds(_ -> true, tally, cellwise)).isEqualTo(slow).isNotEmpty();
        assertThat(looks[0]).isEqualTo(2);
    }

    @Test
    void figuresThatShipSayHowTheyComeOfAnyNumberOfCells() {
        for (int cell = 0; cell < 3; cell++) {
            tally.add("c" + cell, "10 2", 1 + cell);
            tally.add("c" + cell, "11", 2);
        }
        for (Measure measure : named("rsbench").measures(tally.cells())) {
            Cellwise how = measure.cellwise().orElseThrow();
            assertThat(how.pooled()).isTrue();
            assertThat(how.alone().applyAsDouble(tally.pooled("all"), "all"))
                    .isEqualTo(measure.value().applyAsDouble(tally));
        }
    }
}
