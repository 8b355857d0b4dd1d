package org.espalier.greenhouse.grow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.espalier.core.InputException;
import org.espalier.greenhouse.internal.corpus.Mixture;
import org.junit.jupiter.api.Test;

class GrowSettingsTest {
    private final Cycle cycle = new Cycle(
            1000,
            2e-3,
            100,
            0.5,
            List.of(new Cycle.Phase(0.35, Mixture.LOOKING), new Cycle.Phase(1, Mixture.REASONING)));

    @Test
    void theLearningRateRisesStaysAndFallsToNothing() {
        assertThat(cycle.rate(0)).isCloseTo(2e-5, within(1e-12));
        assertThat(cycle.rate(49)).isCloseTo(1e-3, within(1e-12));
        assertThat(cycle.rate(99)).isEqualTo(2e-3);
        assertThat(cycle.rate(500)).isEqualTo(2e-3);
        assertThat(cycle.rate(750)).isCloseTo(1e-3, within(1e-12));
        assertThat(cycle.rate(999)).isCloseTo(4e-6, within(1e-12));
    }

    @Test
    void aPhaseEndsWithItsShareOfTheSteps() {
        assertThat(cycle.mixture(0)).isEqualTo(Mixture.LOOKING);
        assertThat(cycle.mixture(349)).isEqualTo(Mixture.LOOKING);
        assertThat(cycle.mixture(350)).isEqualTo(Mixture.REASONING);
        assertThat(cycle.mixture(999)).isEqualTo(Mixture.REASONING);
    }

    @Test
    void cyclesFollowOneAnother() {
        GrowSettings settings = GrowSettings.of(0, 0, GrowSettings.FAMILY);
        int first = settings.cycles().getFirst().steps();

        assertThat(settings.begins(0)).isTrue();
        assertThat(settings.begins(first - 1)).isFalse();
        assertThat(settings.begins(first)).isTrue();
        assertThat(settings.rate(first)).isGreaterThan(settings.rate(first - 1));
        assertThat(settings.mixture(0)).isEqualTo(Mixture.LOOKING);
        assertThat(settings.mixture(first - 1)).isEqualTo(Mixture.REASONING);
    }

    @Test
    void fewerStepsShortenEveryCycleAndNoneIsLost() {
        for (int steps : new int[] {4, 5, 33, 330, 1234}) {
            List<Cycle> cycles =
                    GrowSettings.of(0, 0, GrowSettings.FAMILY).in(steps).cycles();

            assertThat(cycles.stream().mapToInt(Cycle::steps).sum()).isEqualTo(steps);
            assertThat(cycles)
                    .hasSize(4)
                    .allSatisfy(one -> assertThat(one.steps()).isPositive().isGreaterThanOrEqualTo(one.warmUp()));
        }
        assertThat(GrowSettings.of(0, 0, GrowSettings.FAMILY).in(300).cycles())
                .extracting(Cycle::steps)
                .containsExactly(100, 140, 30, 30);
    }

    @Test
    void theLastCycleIsAsLongAsTheFamilyNeeds() {
        assertThat(GrowSettings.of(0, 0, "qwen2_5_vl").cycles())
                .extracting(Cycle::steps)
                .containsExactly(1000, 1400, 300, 300);
        assertThat(GrowSettings.of(0, 0, "llava_next").cycles())
                .extracting(Cycle::steps)
                .containsExactly(1000, 1400, 300, 1100);
    }

    @Test
    void whatPeopleReadOfFamiliesIsWhatThereIs() {
        assertThat(GrowSettings.FAMILIES).isEqualTo(String.join(", ", GrowSettings.families()));
        assertThat(GrowSettings.families().getFirst()).isEqualTo(GrowSettings.FAMILY);
        for (String family : GrowSettings.families()) {
            assertThat(GrowSettings.of(0, 0, family).shape().modelType()).isEqualTo(family);
        }
        assertThatThrownBy(() -> GrowSettings.of(0, 0, "lava_next"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("did you mean llava_next");
    }

    @Test
    void fewerStepsThanCyclesAreRefused() {
        for (int steps : new int[] {0, 3}) {
            assertThatThrownBy(() -> GrowSettings.of(0, 0, GrowSettings.FAMILY).in(steps))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining(steps + " steps: give 4 to 1000000");
        }
    }
}
