package org.espalier.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutcomesTest {
    private static final ToDoubleFunction<OutcomeTally> BAD = t -> t.percent(_ -> true, "bad"::equals);

    private final Outcomes outcomes = new Outcomes();

    /** So many outcomes, each a cluster by itself. */
    private void add(String cell, String outcome, int times) {
        for (int i = 0; i < times; i++) {
            outcomes.add(cell + " " + outcome + " " + i, cell, outcome);
        }
    }

    private List<Optional<Interval>> intervals(Bootstrap bootstrap, ToDoubleFunction<OutcomeTally> figure) {
        return bootstrap.intervals(outcomes.all(), List.of(percent(figure)));
    }

    private static Statistic percent(ToDoubleFunction<OutcomeTally> value) {
        return new Statistic(value, Optional.of(Interval.PERCENT));
    }

    @Test
    void intervalsAgreeWithTheBinomialDistribution() {
        add("a", "bad", 30);
        add("a", "good", 70);
        List<Optional<Interval>> intervals = new Bootstrap(0.95, 20_000, 3)
                .intervals(outcomes.all(), List.of(percent(BAD), percent(t -> t.percent("b"::equals, _ -> true))));
        // Binomial(100, 0.3): its 2.5 % and 97.5 % quantiles are 21 and 39.
        assertThat(intervals.getFirst()).contains(new Interval(21, 39));
        assertThat(intervals.getLast()).as("a figure without units has none").isEmpty();
    }

    @Test
    void aCellOfOneUnitIsNotSure() {
        for (int cell = 0; cell < 8; cell++) {
            add("cell " + cell, cell < 4 ? "bad" : "good", 1);
        }
        // Eight draws of eight units: Binomial(8, 0.5), whose 2.5 % and 97.5 % quantiles are 1 and 7.
        assertThat(intervals(new Bootstrap(0.95, 20_000, 1), BAD))
                .containsExactly(Optional.of(new Interval(12.5, 87.5)));
    }

    @Test
    void aFigureThatOftenHasNoValueHasNoInterval() {
        add("rare", "bad", 1);
        add("usual", "good", 99);
        // The only rare unit is missing from (99/100)^100 = 37 % of the resamples.
        assertThat(intervals(new Bootstrap(0.95, 500, 1), t -> t.percent("rare"::equals, "bad"::equals)))
                .containsExactly(Optional.empty());
    }

    @Test
    void whereNothingVariesTheIntervalIsWilsons() {
        add("a", "good", 3);
        add("b", "bad", 5);
        Interval interval = intervals(Bootstrap.of(1), t -> t.percent("a"::equals, "good"::equals))
                .getFirst()
                .orElseThrow();
        // 3 / (3 + 1.96^2) = 43.85 %.
        assertThat(interval.low()).isCloseTo(43.85, within(0.01));
        assertThat(interval.high()).isEqualTo(100);
    }

    @Test
    void whereNothingVariesWilsonCountsClustersAndNotOutcomes() {
        for (int i = 0; i < 12; i++) {
            outcomes.add("picture " + i % 3, "a", "good");
        }
        Interval interval = intervals(Bootstrap.of(1), t -> t.percent(_ -> true, "good"::equals))
                .getFirst()
                .orElseThrow();
        assertThat(interval.low()).as("three pictures").isCloseTo(43.85, within(0.01));
    }

    @Test
    void whatSharesAPictureIsDrawnTogether() {
        // Picture one: 2 of 2 bad, in two cells; picture two: 0 of 2; they stand mixed.
        outcomes.add("one", "a", "bad");
        outcomes.add("two", "a", "good");
        outcomes.add("one", "b", "bad");
        outcomes.add("two", "b", "good");
        assertThat(outcomes.all().clusters()).isEqualTo(2);
        // One twice 100, each once 50, two twice 0, with chances of 1/4, 1/2, 1/4. Four outcomes drawn one by one would
        // be
        // all good or all bad with a chance of 1/16 each.
        assertThat(intervals(new Bootstrap(0.6, 2000, 5), BAD)).containsExactly(Optional.of(new Interval(0, 100)));
        // In cell a alone there is one outcome of each.
        Outcomes.Sample a = outcomes.in("a"::equals);
        assertThat(a.clusters()).isEqualTo(2);
        assertThat(a.tally().of("a")).containsEntry("bad", 1).containsEntry("good", 1);
        assertThat(a.tally().cells()).containsExactly("a");
    }

    @Test
    void aFigureIsResampledByItsOwnClustersAlone() {
        add("a", "bad", 4);
        add("a", "good", 6);
        List<Optional<Interval>> alone = intervals(Bootstrap.of(7), BAD);
        add("b", "bad", 50);
        // Whatever else there is: the same draws of the same ten.
        assertThat(Bootstrap.of(7).intervals(outcomes.in("a"::equals), List.of(percent(BAD))))
                .isEqualTo(alone);
        // Which are those of the plain bootstrap of a mean.
        Interval mean = BootstrapTest.mean(Bootstrap.of(7), 1, 1, 1, 1, 0, 0, 0, 0, 0, 0);
        assertThat(alone.getFirst().orElseThrow().low()).isCloseTo(100 * mean.low(), within(1e-9));
        assertThat(alone.getFirst().orElseThrow().high()).isCloseTo(100 * mean.high(), within(1e-9));
    }

    @Test
    void aFigureForEachOfManyCellsIsLookedAtOnceAResample() {
        for (int cell = 0; cell < 200; cell++) {
            add("cell " + cell, "bad", 10);
        }
        int[] looks = {0};
        List<Statistic> figures = IntStream.range(0, 200)
                .mapToObj(cell -> List.of("cell " + cell))
                .map(own -> new Statistic(
                        counts -> {
                            looks[0]++;
                            return 100 * counts.mean(own, _ -> 1);
                        },
                        Optional.of(Interval.PERCENT),
                        Optional.of(own),
                        Optional.empty()))
                .toList();

        List<Optional<Interval>> intervals = new Bootstrap(0.95, 50, 1).intervals(outcomes.all(), figures);

        assertThat(looks[0]).isEqualTo(200 * 50);
        // Nothing varies where a cell was drawn at all: a share of 10 of 10 clusters, as when its cell had to be found.
        Statistic found = percent(counts -> counts.percent("cell 0"::equals, "bad"::equals));
        assertThat(intervals).containsOnly(intervals.getFirst());
        assertThat(new Bootstrap(0.95, 50, 1).intervals(outcomes.all(), List.of(found)))
                .containsExactly(intervals.getFirst());
    }
}
