package org.espalier.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private final StringWriter written = new StringWriter();
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void keepsQuietAboutWorkOfLessThanTwoSeconds() {
        ProgressLine line = line(false);
        line.at("load", 0, 2, "");
        second(1.9);
        line.at("load", 1, 2, "");
        line.at("load", 2, 2, "");

        assertThat(written.toString()).isEmpty();
    }

    @Test
    void saysRateAndTimeLeft() {
        ProgressLine line = line(false);
        line.at("explore", 0, 100, "");
        second(10);
        line.at("explore", 20, 100, "31 pairs");

        assertThat(written.toString().strip()).isEqualTo("explore  20/100  2.0 a second  about 40 s left  31 pairs");
    }

    @Test
    void countsTheRateFromWhereAResumedRunBegan() {
        ProgressLine line = line(false);
        line.at("explore", 80, 100, "");
        second(10);
        line.at("explore", 85, 100, "");

        assertThat(written.toString()).contains("2.0 s each  about 30 s left");
    }

    @Test
    void writesSparseLinesWhereNobodyLooks() {
        ProgressLine line = line(false);
        line.at("train", 0, 50, "");
        for (int step = 1; step <= 50; step++) {
            second(1);
            line.at("train", step, 50, "");
        }

        assertThat(written.toString().lines()).hasSize(6).last().isEqualTo("train  50 in 50 s");
    }

    @Test
    void rewritesOneLineOnATerminal() {
        ProgressLine line = line(true);
        line.at("train", 0, 50, "");
        for (int step = 1; step <= 50; step++) {
            second(1);
            line.at("train", step, 50, "");
        }

        assertThat(written.toString().chars().filter(c -> c == '\r')).hasSize(49);
        assertThat(written.toString().chars().filter(c -> c == '\n')).hasSize(1);
    }

    private ProgressLine line(boolean terminal) {
        return new ProgressLine(new PrintWriter(written), terminal, nanos::get);
    }

    private void second(double seconds) {
        nanos.addAndGet((long) (seconds * 1e9));
    }
}
