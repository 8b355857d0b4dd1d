package org.espalier.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.espalier.app.console.Console;
import org.espalier.core.file.Json;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A study in small, as a user types it. */
class StudyVerbTest {
    private static final Path ROOT = Path.of(System.getProperty("espalier.root"));

    @TempDir
    private static Path folder;

    private static Path file;

    private final Typed espalier = new Typed();

    @BeforeAll
    static void write() throws IOException {
        file = Files.writeString(folder.resolve("small.yaml"), """
                recipe: %s
                bases: [%s]
                validation: {worlds: [7], seeds: [1]}
                final: {worlds: [5, 6], seeds: [1]}
                questions: 4
                ask: 2
                rows:
                  Base:
                    about: As it was grown.
                  SFT:
                    about: On the reference path.
                    baseline: true
                    stages:
                      - {method: sft, set: &few {branch-samples: 2, trunk-attempts: 2, examples: 0, epochs: 2}}
                  Advantages:
                    about: SFT first.
                    stages:
                      - {method: sft, set: *few}
                      - method: advantage
                        explored: before
                        set: {branch-samples: 2, examples: 0, stop-at-pair: false, epochs: 2, refresh: 1}
                curves:
                  errors:
                    rows: [SFT]
                    set: {verifier-errors: [0.1]}
                """.formatted(
                        ROOT.resolve("recipes/greenhouse.yaml"), ROOT.resolve("greenhouse/model")));
    }

    @Test
    void comparesRowsInCellsAndOneCellGivesTheSameBytesAlsoAfterAStop() throws IOException {
        Path whole = folder.resolve("whole");
        espalier.done("study --file", file, "--out", whole);
        assertThat(espalier.out())
                .contains("2 cells × 3 rows; 4 explorations, 4 trainings and 6 measurements are to be made")
                .contains("1 of 2  model-")
                .containsPattern("Advantages is (not told apart from|ahead of|behind) SFT")
                .contains("The report is " + whole.resolve("core/study.html"));

        Path one = folder.resolve("one");
        Object[] again = {"study --file", file, "--only 1:6:1 --out", one};
        stopped(again, "train-advantage");
        assertThat(cells(one)).hasSizeLessThan(2);
        espalier.done(again);

        Path cell = cells(one).getFirst();
        assertThat(cell).hasSameBinaryContentAs(whole.resolve("core/cells").resolve(cell.getFileName()));
        JsonNode record = Json.parse(Files.readString(one.resolve("core/study.json")));
        assertThat(record.path("cells_planned").asInt()).isEqualTo(2);
        assertThat(record.path("cells")).hasSize(1);
        assertThat(record.at("/cells/0/rows/Advantages/stages/1/drawn").asLong())
                .isPositive();
        assertThat(record.at("/cells/0/rows/SFT/stages/0/drawn").asLong()).isZero();
        assertThat(record.at("/cells/0/rows/Base/unsafe/seen/judged").asLong()).isEqualTo(1);
        assertThat(Files.readString(one.resolve("core/study.md"))).contains("1 of 2 cells");
        assertThat(Files.readString(one.resolve("core/study.tex"))).contains("\\begin{tabular}");
        assertThat(Files.readString(one.resolve("core/study.html")))
                .as("three rows were asked four questions each")
                .contains("Where paths first go wrong", "All 12 answers.", "Every setting with its source");

        espalier.forget();
        espalier.done("study --dry-run --file", file, "--out", whole);
        assertThat(espalier.out()).contains("0 explorations, 0 trainings and 0 measurements are to be made");
    }

    /** Stops the work at the first word of a stage. */
    private static void stopped(Object[] words, String stage) {
        PrintWriter nobody = new PrintWriter(new StringWriter());
        Console console =
                new Console(nobody, nobody, false, System::nanoTime, progress -> (name, done, total, note) -> {
                    if (name.contains(stage)) {
                        throw new CancellationException();
                    }
                });
        int exit = CommandLines.of(console, nobody, nobody, List.of(new StudyCommand()))
                .execute(Stream.of(words)
                        .map(Object::toString)
                        .flatMap(word -> Stream.of(word.split(" ")))
                        .toArray(String[]::new));
        assertThat(exit).isNotZero();
    }

    private static List<Path> cells(Path out) throws IOException {
        try (Stream<Path> files = Files.list(out.resolve("core/cells"))) {
            return files.toList();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--part cor | there is no part of a study 'cor': it is one of tune, core, curves; did you mean core",
                "--only 2:5:1 | --only 2:5:1 is no cell of the part core: it is BASE:WORLD:SEED, BASE a number from 1 to 1",
                "--hours 0 | --hours takes a number of hours above 0, at most 10000, not 0.0",
                "--hours 1 --on local-cluster[2,1,700] | --hours is told by what a cell takes on this machine alone",
                "--ask 3 | --ask takes an even number from 2 to 50000, not 3",
                "--model nowhere | nowhere"
            })
    void saysWhatIsWrong(String words, String sentence) {
        assertThat(espalier.run("study --dry-run --file", file, "--out", folder.resolve("wrong"), words))
                .isEqualTo(2);
        assertThat(espalier.err()).contains(sentence.strip()).doesNotContain("Exception");
        assertThat(folder.resolve("wrong")).doesNotExist();
    }
}
