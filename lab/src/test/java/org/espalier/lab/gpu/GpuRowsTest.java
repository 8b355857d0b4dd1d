package org.espalier.lab.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.espalier.lab.model.Equality;
import org.junit.jupiter.api.Test;

class GpuRowsTest {
    private static GpuOutcome outcome(String size) {
        return new GpuOutcome(
                "cuda:0 (some card)",
                "2.10.0",
                size,
                new GpuOutcome.Ready(2, 7.5, 0.25),
                Stream.of(672, 1036)
                        .flatMap(side -> Stream.of(
                                new GpuOutcome.Training(side, "tree", 2082, 0.25, 27_648, 0),
                                new GpuOutcome.Training(side, "pairwise", 7578, 0.75, 30_720, 1.5e-5),
                                new GpuOutcome.Training(side, "at-once", 0, Double.NaN, 0, Double.NaN)))
                        .toList(),
                List.of(
                        new GpuOutcome.Sampled(8, 128, 1.024),
                        new GpuOutcome.Sampled(32, 128, 1.024),
                        new GpuOutcome.Sampled(64, 128, 1.024)),
                List.of(
                        new Equality("small, random weights", 1e-4, 2e-6, 256, 256),
                        new Equality("the demonstration's model", 1e-4, 2e-6, 255, 256)));
    }

    @Test
    void standBesideWhatOthersDid() {
        assertThat(GpuRows.of(outcome("7b")))
                .contains(
                        "| tree, 672² | 0.250 s, 27.0 GiB, 2,082 tokens; log-probabilities within 0.0 of the tree's |"
                                + " transformers with one packed tree: 0.38 and 0.33 s, 37.4 GiB |",
                        "| at-once, 1036² | out of memory | transformers: out of memory |",
                        "| sampling, 8 rows | 1,000 tokens/s, 8.00 ms a step | vLLM 0.24: 1,229 tokens/s; transformers: 151 |",
                        "| ready | 9.8 s: 2.0 until it computes, 7.5 for weights (drawn), 0.3 for a first token | vLLM 0.24:"
                                + " 105 s |",
                        "| float32, the demonstration's model | log-probabilities within 0.00010, gradients 2.0e-06, 255 of"
                                + " 256 tokens equal | – |");
        assertThat(GpuRows.of(outcome("small"))).allMatch(row -> row.endsWith("| – |"));
    }

    @Test
    void theResultsHaveEachOfThem() throws IOException {
        String results =
                Files.readString(Path.of(System.getProperty("espalier.root")).resolve("perf/RESULTS.md"));
        assertThat(results).contains(GpuRows.HEAD);
        assertThat(GpuRows.of(outcome("7b"))).allSatisfy(row -> {
            String[] cells = row.split(" \\| ");
            assertThat(results).contains(cells[0] + " | ").contains(" | " + cells[2]);
        });
    }
}
