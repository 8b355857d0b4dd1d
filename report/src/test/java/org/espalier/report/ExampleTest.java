package org.espalier.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.espalier.core.ChatModel;
import org.espalier.report.run.BenchRun;
import org.espalier.report.run.Runs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleTest {
    @TempDir
    Path folder;

    @Test
    void showsTheFirstOfEachKindInTheOrderOfTheData() throws IOException {
        SampleRuns runs = new SampleRuns(folder, 16);
        // Even questions are unsafe. Base always says yes: right on the odd ones. SRPO is right on all but 0, 1 and 5.
        runs.bench("bench-base", "base", model(id -> true));
        runs.bench("bench-srpo", "srpo", model(id -> id % 2 == 1 ^ (id == 0 || id == 1 || id == 5)));
        List<BenchRun> benches = Runs.read(List.of(folder)).benches();
        BenchRun tuned = Example.tuned(benches).orElseThrow();
        List<Example> examples = Example.choose(
                Example.Measured.of(Example.base(benches, tuned).orElseThrow()), Example.Measured.of(tuned));
        assertThat(examples)
                .extracting(example -> example.kind() + " " + example.before().id())
                .containsExactly(
                        "MENDED_UNSAFE test-002", "MENDED_UNSAFE test-004", "SPOILT test-001", "STILL_WRONG test-000");
    }

    private interface Says {
        boolean yes(int question);
    }

    /** Nothing but an answer. */
    private static ChatModel model(Says says) {
        return (requests, sampling) -> requests.stream()
                .<ChatModel.Reply>map(request -> {
                    int id = Integer.parseInt(request.key().substring(5));
                    return new ChatModel.Reply.Said(says.yes(id) ? "Yes" : "No", true);
                })
                .toList();
    }
}
