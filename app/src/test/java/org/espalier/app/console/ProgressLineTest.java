package org.espalier.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.espalier.core.Progress;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private final StringWriter written = new StringWriter();
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void keepsQuietAboutWorkOfLessThanTwoSeconds() {
        Progress line = line(false);
        line.at("load", 0, 2, "");
        second(1.9);
        line.at("load", 1, 2, "");
        line.at("load", 2, 2, "");

        assertThat(written.toString()).isEmpty();
    }

    @Test
    void saysRateAndTimeLeft() {
        Progress line = line(false);
        line.at("explore", 0, 100, "");
        second(10);
        line.at("explore", 20, 100, "31 pairs");

        assertThat(written.toString().strip()).isEqualTo("explore  20/100  2.0 a second  about 40 s left  31 pairs");
    }

    @Test
    void saysNoRateOfWhatIsNotCounted() {
        Progress line = line(false);
        line.at("the studio is open", 0, 0, "2 requests answered");
        second(10);
        line.at("the studio is open", 0, 0, "13 requests answered");

        assertThat(written.toString().strip()).isEqualTo("the studio is open  13 requests answered");
    }

    @Test
    void countsTheRateFromWhereAResumedRunBegan() {
        Progress line = line(false);
        line.at("explore", 80, 100, "");
        second(10);
        line.at("explore", 85, 100, "");

        assertThat(written.toString()).contains("2.0 s each  about 30 s left");
    }

    @Test
    void aSlowBeginningIsForgotten() {
        Progress line = line(false);
        line.at("explore", 0, 1000, "");
        second(60);
        line.at("explore", 2, 1000, "");
        for (int done = 3; done <= 302; done++) {
            second(1);
            line.at("explore", done, 1000, "");
        }

        assertThat(written.toString().lines().toList().getFirst()).endsWith("30 s each  about 8 h 19 min left");
        assertThat(written.toString().lines().toList().getLast())
                .isEqualTo("explore  302/1000  1.0 a second  about 11 min 38 s left");
    }

    @Test
    void writesSparseLinesWhereNobodyLooks() {
        Progress line = line(false);
        line.at("train", 0, 50, "");
        for (int step = 1; step <= 50; step++) {
            second(1);
            line.at("train", step, 50, "");
        }

        assertThat(written.toString().lines()).hasSize(6).last().isEqualTo("train  50 in 50 s");
    }

    @Test
    void rewritesOneLineOnATerminal() {
        Progress line = line(true);
        line.at("train", 0, 50, "");
        for (int step = 1; step <= 50; step++) {
            second(1);
            line.at("train", step, 50, "");
        }

        assertThat(written.toString().chars().filter(c -> c == '\r')).hasSize(50);
        assertThat(written.toString().chars().filter(c -> c == '\n')).hasSize(1);
    }

    @Test
    void worksSideBySideShareTheLineAndWhatIsSaidStandsAboveIt() {
        Console console = console(true);
        Progress one = console.progress();
        Progress other = console.another();
        one.at("train", 0, 9, "");
        other.at("bench", 0, 9, "");
        second(3);
        one.at("train", 3, 9, "");
        other.at("bench", 6, 9, "");
        console.say("done");
        second(1);
        one.at("train", 9, 9, "");

        List<String> lines = List.of(written.toString().split("[\r\n]+")).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        assertThat(lines)
                .containsExactly(
                        "train  3/9  1.0 a second  about 6.0 s left",
                        "train  3/9  1.0 a second  about 6.0 s left | bench  6/9  2.0 a second  about 1.5 s left",
                        "done",
                        "train  3/9  1.0 a second  about 6.0 s left | bench  6/9  2.0 a second  about 1.5 s left",
                        "train  9 in 4.0 s",
                        "bench  6/9  2.0 a second  about 1.5 s left");
    }

    private Progress line(boolean terminal) {
        return console(terminal).progress();
    }

    private Console console(boolean terminal) {
        PrintWriter writer = new PrintWriter(written);
        return new Console(writer, writer, terminal, nanos::get, progress -> progress);
    }

    private void second(double seconds) {
        nanos.addAndGet((long) (seconds * 1e9));
    }
}
