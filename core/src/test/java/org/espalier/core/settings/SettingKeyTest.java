package org.espalier.core.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.espalier.core.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingKeyTest {
    /** How it goes down. */
    enum Schedule {
        HALF_COSINE,
        LINEAR
    }

    record Sample(
            @Setting(help = "Steps.", min = 0) int warmUpSteps,
            @Setting(help = "Rate.", above = 0, max = 10) double rate,
            @Setting(help = "Least.", max = 5) double atMost,
            @Setting(help = "None.", min = 0, max = 0) double dropout,
            @Setting(help = "Seed.") long seed,
            @Setting(help = "How.") Schedule schedule,
            @Setting(help = "Whether.") boolean on,
            @Setting(help = "Which.", flag = "modules") List<String> targets,
            String note) {
        Sample {
            SettingKey.check(Sample.class, warmUpSteps, rate, atMost, dropout, seed, schedule, on, targets, note);
        }
    }

    private static SettingKey key(String component) {
        RecordComponent found = Arrays.stream(Sample.class.getRecordComponents())
                .filter(one -> one.getName().equals(component))
                .findFirst()
                .orElseThrow();
        return SettingKey.of(found).orElseThrow();
    }

    private static Sample sample(int warmUpSteps, double rate, double atMost, double dropout) {
        return new Sample(warmUpSteps, rate, atMost, dropout, 0, Schedule.LINEAR, true, List.of("q"), "");
    }

    @Test
    void aComponentsNameIsWrittenWithHyphensAndItsFlagIsTheSameUnlessItSaysAnother() {
        assertThat(key("warmUpSteps").name()).isEqualTo("warm-up-steps");
        assertThat(key("warmUpSteps").flag()).isEqualTo("warm-up-steps");
        assertThat(key("targets").name()).isEqualTo("targets");
        assertThat(key("targets").flag()).isEqualTo("modules");
        assertThat(SettingKey.of(Sample.class.getRecordComponents()[8])).isEmpty();
    }

    @Test
    void aRecordRefusesNumbersOutOfTheirRange() {
        assertThat(sample(0, 10, 5, 0).rate()).isEqualTo(10);
        assertThatThrownBy(() -> sample(-1, 1, 0, 0))
                .isInstanceOf(InputException.class)
                .hasMessage("'warm-up-steps' is at least 0, not -1.");
        assertThatThrownBy(() -> sample(0, 0, 0, 0)).hasMessage("'rate' is more than 0 and at most 10, not 0.0.");
        assertThatThrownBy(() -> sample(0, Double.NaN, 0, 0)).hasMessageContaining("not NaN");
        assertThatThrownBy(() -> sample(0, 1, 6, 0)).hasMessage("'at-most' is at most 5, not 6.0.");
        assertThatThrownBy(() -> sample(0, 1, Double.NEGATIVE_INFINITY, 0)).hasMessageContaining("not -Infinity");
        assertThatThrownBy(() -> sample(0, 1, 0, 0.1)).hasMessage("'dropout' is 0, not 0.1.");
    }

    @Test
    void wordsBecomeValues() {
        assertThat(key("warmUpSteps").parse(List.of("3"))).isEqualTo(3);
        assertThat(key("rate").parse(List.of("5e-5"))).isEqualTo(5e-5);
        assertThat(key("seed").parse(List.of("-9000000000"))).isEqualTo(-9_000_000_000L);
        assertThat(key("schedule").parse(List.of("half-cosine"))).isEqualTo(Schedule.HALF_COSINE);
        assertThat(key("on").parse(List.of("false"))).isEqualTo(false);
        assertThat(key("targets").parse(List.of("q", "v"))).isEqualTo(List.of("q", "v"));
        assertThat(SettingKey.choice("method", "Which.", List.of("sft", "dpo")).parse(List.of("dpo")))
                .isEqualTo("dpo");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "warmUpSteps | 1.5 | is a whole number, not '1.5'",
                "warmUpSteps | -2 | is at least 0, not -2",
                "rate | hot | is a number, not 'hot'",
                "rate | 1e1000 | is more than 0 and at most 10, not 1e1000",
                "schedule | linaer | is one of half-cosine, linear, not 'linaer'; did you mean linear",
                "on | yes | is true or false, not 'yes'",
            })
    void saysWhatIsWrongWithAWord(String component, String word, String clause) {
        assertThatThrownBy(() -> key(component).parse(List.of(word))).hasMessage(clause);
    }

    @Test
    void valuesAreWrittenAsRecipesWriteThem() {
        assertThat(SettingKey.words(5e-5)).isEqualTo("5e-5");
        assertThat(SettingKey.words(2.5e-8)).isEqualTo("2.5e-8");
        assertThat(SettingKey.words(16.0)).isEqualTo("16");
        assertThat(SettingKey.words(0.3)).isEqualTo("0.3");
        assertThat(SettingKey.words(3)).isEqualTo("3");
        assertThat(SettingKey.words(Schedule.HALF_COSINE)).isEqualTo("half-cosine");
        assertThat(SettingKey.words(List.of("q", "v"))).isEqualTo("q, v");
        assertThat(key("rate").placeholder()).isEqualTo("DOUBLE");
        assertThat(key("schedule").placeholder()).isEqualTo("half-cosine|linear");
        assertThat(key("targets").placeholder()).isEqualTo("NAME,...");
    }

    record Outer(
            Sample sample,
            @Setting(help = "Questions.", min = 1) int batch) {
        Outer {
            SettingKey.check(Outer.class, sample, batch);
        }
    }

    @Test
    void settingsOfRecordsInsideARecordAreItsOwn() {
        Outer outer = new Outer(sample(3, 1, 0, 0), 8);
        assertThat(Settings.values(outer).sequencedKeySet())
                .extracting(SettingKey::name)
                .containsExactly(
                        "warm-up-steps", "rate", "at-most", "dropout", "seed", "schedule", "on", "targets", "batch");
        assertThat(Settings.values(outer).get(key("rate"))).isEqualTo(1.0);

        Outer other = Settings.with(outer, Map.of("rate", 2.0, "batch", 4));
        assertThat(other).isEqualTo(new Outer(sample(3, 2, 0, 0), 4));
        assertThat(Settings.with(outer, "batch", 8)).isEqualTo(outer);
        assertThatThrownBy(() -> Settings.with(outer, "rate", 0.0)).isInstanceOf(InputException.class);
    }
}
