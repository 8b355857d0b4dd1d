package org.espalier.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.espalier.bench.suite.Slice;
import org.espalier.core.Risk;
import org.espalier.report.run.Runs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandingTest {
    @TempDir
    Path folder;

    private Optional<Standing> standing(Slice slice) {
        var benches = Runs.read(List.of(folder)).benches();
        return Standing.of(
                benches, slice, benches.getFirst().result().headlines().getFirst());
    }

    @Test
    void namesAWinnerOnlyWhereItsIntervalOverlapsNoOther() throws IOException {
        SampleRuns runs = new SampleRuns(folder, 64);
        runs.bench("base", 0.4);
        runs.bench("srpo", 0.01);
        assertThat(standing(Slice.ALL).orElseThrow().sentence())
                .isEqualTo("SER on all questions: SRPO is highest, and its interval overlaps no other.");
        runs.bench("sft", 0.02);
        assertThat(standing(Slice.ALL).orElseThrow().sentence())
                .isEqualTo("SER on all questions: no winner; the intervals of SRPO and SFT overlap.");
        assertThat(standing(Slice.of(Risk.UNSAFE)).orElseThrow().decided()).isFalse();
    }

    @Test
    void oneMethodAloneIsNoWinner() throws IOException {
        new SampleRuns(folder, 16).bench("base", 0.1);
        assertThat(standing(Slice.ALL)).isEmpty();
    }
}
