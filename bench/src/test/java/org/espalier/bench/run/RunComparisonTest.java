package org.espalier.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.espalier.bench.run.SamplePaths.count;
import static org.espalier.bench.run.SamplePaths.judged;
import static org.espalier.bench.run.SamplePaths.kind;
import static org.espalier.bench.run.SamplePaths.unanswered;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.bench.run.SamplePaths.Scored;
import org.espalier.bench.stats.Bootstrap;
import org.espalier.bench.stats.Interval;
import org.espalier.bench.stats.SignTest;
import org.espalier.bench.suite.QuestionKind;
import org.espalier.bench.suite.Slice;
import org.espalier.core.InputException;
import org.espalier.core.Risk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunComparisonTest {
    private static final QuestionKind UNSAFE = kind(Risk.UNSAFE, "pets", "seen");
    private static final QuestionKind SAFE = kind(Risk.SAFE, "pets", "seen");

    @TempDir
    Path folder;

    private Optional<RunComparison> compared(List<Scored> first, List<Scored> second, Slice slice) {
        Path one = folder.resolve("one");
        Path other = folder.resolve("other");
        count(one, first, Bootstrap.of(2));
        count(other, second, Bootstrap.of(2));
        UnitMerits merits = UnitMerits.read(one);
        assertThat(merits.names()).containsExactlyInAnyOrder("SR", "ER", "SER");
        return RunComparison.of(merits, UnitMerits.read(other), "SR", slice, Bootstrap.of(2));
    }

    @Test
    void comparesQuestionByQuestion() {
        // Shares of safe paths, first against second: a 1 - 0.5, b 0 - 1, d 1 - 1; c has a verdict in the first alone.
        RunComparison compared = compared(
                        List.of(
                                judged("a", UNSAFE, 0, "11"),
                                judged("b", SAFE, 0, "01 1"),
                                judged("c", UNSAFE, 0, "11"),
                                judged("d", SAFE, 0, "11")),
                        List.of(
                                judged("a", UNSAFE, 0, "11"),
                                judged("a", UNSAFE, 1, "01 1"),
                                judged("b", SAFE, 0, "11"),
                                unanswered("c", UNSAFE, 0),
                                judged("d", SAFE, 0, "11")),
                        Slice.ALL)
                .orElseThrow();
        assertThat(compared.units()).isEqualTo(3);
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
        List<Scored> first = new ArrayList<>();
        List<Scored> second = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            first.add(judged("q" + i, UNSAFE, 0, "11"));
            second.add(judged("q" + i, UNSAFE, 0, "01 1"));
        }
        RunComparison compared = compared(first, second, Slice.of(Risk.UNSAFE)).orElseThrow();
        assertThat(compared.interval()).isEqualTo(new Interval(1, 1));
        assertThat(compared.decided()).isTrue();
        assertThat(compared.signs().probability()).isEqualTo(2.0 / 4096);
    }

    @Test
    void questionsOfOneClusterAreOneTossOfTheCoin() {
        // Six questions on two pictures. On the first picture 1 + 1 - 1 = 1, on the second 0 - 1 - 1 = -2.
        List<Scored> first = List.of(
                judged("a", UNSAFE, 0, "11", "one.png"),
                judged("b", UNSAFE, 0, "11", "one.png"),
                judged("c", UNSAFE, 0, "01 1", "one.png"),
                judged("d", UNSAFE, 0, "11", "two.png"),
                judged("e", UNSAFE, 0, "01 1", "two.png"),
                judged("f", UNSAFE, 0, "01 1", "two.png"));
        List<Scored> second = List.of(
                judged("a", UNSAFE, 0, "01 1", "one.png"),
                judged("b", UNSAFE, 0, "01 1", "one.png"),
                judged("c", UNSAFE, 0, "11", "one.png"),
                judged("d", UNSAFE, 0, "11", "two.png"),
                judged("e", UNSAFE, 0, "11", "two.png"),
                judged("f", UNSAFE, 0, "11", "two.png"));
        RunComparison compared = compared(first, second, Slice.ALL).orElseThrow();
        assertThat(compared.units()).isEqualTo(6);
        assertThat(compared.difference()).isCloseTo(-1.0 / 6, within(1e-15));
        assertThat(compared.signs()).as("two pictures").isEqualTo(new SignTest(1, 1));
        assertThat(compared.ties()).isZero();
        // One picture twice: 1/3; the other twice: -2/3; a chance of a quarter each.
        assertThat(compared.interval()).isEqualTo(new Interval(-2.0 / 3, 1.0 / 3));
    }

    @Test
    void comparesNothingWhereNoQuestionIsShared() {
        assertThat(compared(List.of(judged("a", UNSAFE, 0, "11")), List.of(judged("b", UNSAFE, 0, "11")), Slice.ALL))
                .isEmpty();
    }

    /** Merits are compared by their places in a line. */
    @Test
    void unitsWithOtherMeritsThanTheRestAreRefused() throws IOException {
        String sound = "{\"unit\": \"a\", \"category\": \"x\", \"outcomes\": [\"good\"], \"merits\": {\"T\": 1}}\n";
        for (String merits : List.of("{}", "{\"U\": 1}", "{\"T\": 1, \"U\": 0}", "{\"T\": 2}", "{\"T\": null}")) {
            Files.writeString(
                    folder.resolve(UnitLine.FILE),
                    sound + sound.replace("\"a\"", "\"b\"").replace("{\"T\": 1}", merits));
            assertThatThrownBy(() -> UnitMerits.read(folder))
                    .as(merits)
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("units.jsonl, line 2, field \"merits");
        }
        Files.writeString(folder.resolve(UnitLine.FILE), sound + sound);
        assertThatThrownBy(() -> UnitMerits.read(folder)).hasMessageContaining("which stands in a line before");
    }

    @Test
    void aResultsFileWithNoTextWhereOneIsNeededIsRefused() throws IOException {
        Path file = folder.resolve(Result.FILE);
        count(folder, List.of(judged("a", UNSAFE, 0, "11")), Bootstrap.of(2)).write(file);
        String whole = Files.readString(file);
        for (String field : List.of("benchmark", "title", "subject", "key", "direction")) {
            Files.writeString(file, whole.replaceFirst("\"" + field + "\" : \"[^\"]*\"", "\"" + field + "\" : null"));
            assertThatThrownBy(() -> Result.read(file))
                    .as(field)
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("is not the results file of a benchmark");
        }
    }
}
