package org.espalier.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Agreement of two judges, and of people among each other, with how sure it is. */
class AgreementTest {
    @Test
    void whatSharesAPictureIsOneDrawForAgreementAndKappa() {
        // Two pictures with five answers each: on one the two always agree, on the other never.
        Confusion confusion = new Confusion();
        for (int i = 0; i < 5; i++) {
            confusion.add("one", i < 3 ? "safe" : "unsafe", i < 3 ? "safe" : "unsafe");
            confusion.add("two", i < 3 ? "safe" : "unsafe", i < 3 ? "unsafe" : "safe");
        }
        List<Optional<Interval>> intervals = confusion.intervals(Bootstrap.of(1));
        // Both pictures drawn twice: agreement 1 and kappa 1, or agreement 0 and kappa (0 - 0.48) / 0.52.
        assertThat(intervals.getFirst()).contains(new Interval(0, 1));
        Interval kappa = intervals.getLast().orElseThrow();
        assertThat(kappa.high()).isEqualTo(1);
        assertThat(kappa.low()).isCloseTo(-0.48 / 0.52, within(1e-9));
    }

    @Test
    void whereNothingVariesAgreementHasWilsonsIntervalAndKappaNone() {
        Confusion confusion = new Confusion();
        for (int i = 0; i < 12; i++) {
            confusion.add("picture " + i % 3, "safe", "safe");
        }
        List<Optional<Interval>> intervals = confusion.intervals(Bootstrap.of(1));
        assertThat(intervals.getFirst().orElseThrow().low())
                .as("three pictures")
                .isCloseTo(0.4385, within(1e-4));
        assertThat(intervals.getLast()).isEmpty();
    }

    @Test
    void withoutAnswersThereIsNoInterval() {
        assertThat(new Confusion().intervals(Bootstrap.of(1))).containsOnly(Optional.empty());
        assertThat(new KrippendorffAlpha().interval(Bootstrap.of(1))).isEmpty();
    }

    @Test
    void alphaIsThatOfKrippendorffsOwnExample() {
        // His reliability data: four observers, twelve units, some of which not everybody labelled.
        String[] observers = {
            "123321412...",
            "123322412 5.3".replace(" ", ""),
            ".33323422 51.".replace(" ", ""),
            "123324412 51.".replace(" ", "")
        };
        KrippendorffAlpha alpha = new KrippendorffAlpha();
        for (int unit = 0; unit < 12; unit++) {
            List<String> labels = new ArrayList<>();
            for (String observer : observers) {
                if (observer.charAt(unit) != '.') {
                    labels.add(observer.substring(unit, unit + 1));
                }
            }
            alpha.add("unit " + unit, labels);
        }
        assertThat(alpha.compared()).isEqualTo(11);
        assertThat(alpha.value()).isCloseTo(0.743, within(0.0005));
        Interval interval = alpha.interval(Bootstrap.of(1)).orElseThrow();
        assertThat(interval.contains(alpha.value())).isTrue();
        assertThat(interval.high() - interval.low()).isBetween(0.2, 0.8);
    }

    @Test
    void alphaOfTwoIsWorkedByHand() {
        KrippendorffAlpha alpha = new KrippendorffAlpha();
        alpha.add("a", List.of("yes", "yes"));
        alpha.add("b", List.of("yes", "no"));
        alpha.add("c", List.of("no", "no"));
        alpha.add("d", List.of("yes"));
        // Six labels, three of each. Two of them disagree: D_o = 2/6; at random 2 * 3 * 3 / (6 * 5) = 0.6.
        assertThat(alpha.value()).isCloseTo(1 - (2.0 / 6) / 0.6, within(1e-12));
        KrippendorffAlpha same = new KrippendorffAlpha();
        same.add("a", List.of("yes", "yes"));
        assertThat(same.value()).isNaN();
        assertThat(same.interval(Bootstrap.of(1))).isEmpty();
    }
}
