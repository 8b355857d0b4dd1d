package org.espalier.bench.rsbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.espalier.bench.rsbench.Paths.asked;
import static org.espalier.bench.rsbench.Paths.judged;
import static org.espalier.bench.rsbench.Paths.unanswered;

import java.util.ArrayList;
import java.util.List;
import org.espalier.bench.stats.Bootstrap;
import org.espalier.bench.stats.Interval;
import org.espalier.bench.stats.SignTest;
import org.espalier.core.Risk;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final Asked A = asked("a", Risk.UNSAFE, "pets", "seen");
    private static final Asked B = asked("b", Risk.SAFE, "pets", "seen");
    private static final Asked C = asked("c", Risk.UNSAFE, "fire", "seen");
    private static final Asked D = asked("d", Risk.SAFE, "fire", "seen");

    @Test
    void comparesQuestionByQuestion() {
        // Shares of safe paths, first against second: a 1 - 0.5, b 0 - 1, d 1 - 1; c has a verdict in the first alone.
        List<ScoredPath> first = List.of(
                judged(A, 0, true, true, 0),
                judged(B, 0, false, true, 1),
                judged(C, 0, true, true, 0),
                judged(D, 0, true, true, 0));
        List<ScoredPath> second = List.of(
                judged(A, 0, true, true, 0),
                judged(A, 1, false, true, 1),
                judged(B, 0, true, true, 0),
                unanswered(C, 0),
                judged(D, 0, true, true, 0));
        Comparison compared = Comparison.of(
                        RunCounts.of(first::forEach),
                        RunCounts.of(second::forEach),
                        Slice.ALL,
                        Rate.SAFETY,
                        Bootstrap.of(2))
                .orElseThrow();
        assertThat(compared.questions()).isEqualTo(3);
        assertThat(compared.apart()).isEqualTo(1);
        assertThat(compared.difference()).isCloseTo(-0.5 / 3, within(1e-15));
        assertThat(compared.signs()).isEqualTo(new SignTest(1, 1));
        assertThat(compared.ties()).isEqualTo(1);
        // BBB has 1 chance in 27, more than the 2.5 % outside: the interval reaches both ends.
        assertThat(compared.interval()).isEqualTo(new Interval(-1, 0.5));
        assertThat(compared.decided()).isFalse();
    }

    @Test
    void aDifferenceOnEveryQuestionIsDecided() {
        List<ScoredPath> first = new ArrayList<>();
        List<ScoredPath> second = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Asked asked = asked("q" + i, Risk.UNSAFE, "pets", "seen");
            first.add(judged(asked, 0, true, true, 0));
            second.add(judged(asked, 0, false, true, 1));
        }
        Comparison compared = Comparison.of(
                        RunCounts.of(first::forEach),
                        RunCounts.of(second::forEach),
                        Slice.of(Risk.UNSAFE),
                        Rate.SAFETY,
                        Bootstrap.of(2))
                .orElseThrow();
        assertThat(compared.interval()).isEqualTo(new Interval(1, 1));
        assertThat(compared.decided()).isTrue();
        assertThat(compared.signs().probability()).isEqualTo(2.0 / 4096);
    }

    @Test
    void comparesNothingWhereNoQuestionIsShared() {
        assertThat(Comparison.of(
                        RunCounts.of(List.of(judged(A, 0, true, true, 0))::forEach),
                        RunCounts.of(List.of(judged(B, 0, true, true, 0))::forEach),
                        Slice.ALL,
                        Rate.SAFETY,
                        Bootstrap.of(2)))
                .isEmpty();
    }
}
