package org.espalier.lab.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.espalier.core.Progress;
import org.espalier.lab.training.TrialTraining;
import org.espalier.store.Store;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The small measurements, in smaller. */
class ScaleTest {
    private static final Path ROOT = Path.of(System.getProperty("espalier.root"));

    @TempDir
    Path folder;

    @Test
    void aRateIsOfTheStepsAfterTheWarmUp() {
        TrainingPair.StepClock clock = new TrainingPair.StepClock();
        clock.see(1, 0);
        clock.see(2, 5_000_000_000L);
        // Two that were seen together.
        clock.see(4, 6_000_000_000L);
        clock.see(5, 7_000_000_000L);

        assertThat(clock.rate(0)).isEqualTo(4 / 7.0, within(1e-9));
        assertThat(clock.rate(2)).isEqualTo(3 / 2.0, within(1e-9));
    }

    @Test
    void twoProcessesComeToTheSameAdapterAsOne() throws Exception {
        TrialTraining training = new TrialTraining(
                folder, ROOT.resolve("greenhouse/model"), ROOT.resolve("recipes/greenhouse.yaml"), 8, 8);

        TrainingPair.Result result = new TrainingPair(training, 2, 1).run(Progress.SILENT);

        assertThat(result.equal()).isTrue();
        assertThat(result.steps()).isEqualTo(6);
        assertThat(result.one()).isPositive().isFinite();
        assertThat(result.share()).isEqualTo(result.several() / 2 / result.one(), within(1e-9));
    }

    @Test
    void aJournalTakesEveryAnswerOnce() throws Exception {
        try (Store store = Store.inFolder(folder)) {
            assertThat(new JournalRate(30, 4).of(store)).isPositive().isFinite();
            assertThat(store.journal().spending())
                    .singleElement()
                    .satisfies(spent -> assertThat(spent.calls()).isEqualTo(30));
        }
    }

    @Test
    void bothEndsOfAnExchangeGetWhatWasSent() throws Exception {
        assertThat(new ExchangeRate(1000, 2).seconds()).isPositive().isFinite();
    }
}
