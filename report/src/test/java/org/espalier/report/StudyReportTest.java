package org.espalier.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.espalier.core.ChatModel;
import org.espalier.core.Risk;
import org.espalier.core.Seed;
import org.espalier.core.file.Json;
import org.espalier.report.study.CellCounts;
import org.espalier.report.study.CellRuns;
import org.espalier.report.study.PathCounts;
import org.espalier.report.study.RowCounts;
import org.espalier.report.study.RowFacts;
import org.espalier.report.study.StudyCell;
import org.espalier.report.study.StudyCommits;
import org.espalier.report.study.StudyEvidence;
import org.espalier.report.study.StudyRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The files of a study of made-up counts. */
class StudyReportTest {
    private static final List<RowFacts> ROWS = List.of(
            facts("Base", false, 0),
            facts("SFT", true, 1),
            facts("DPO", true, 1),
            facts("SFT, two stages", true, 2),
            facts("SRPO <b>", false, 1),
            facts("Last branch point, two stages", false, 2));

    @TempDir
    private Path folder;

    private static RowFacts facts(String label, boolean baseline, int stages) {
        List<RowFacts.StageFacts> all = new ArrayList<>();
        for (int i = 0; i < stages; i++) {
            all.add(new RowFacts.StageFacts(
                    label.split("[ ,]")[0], "the base model", 200, 3, new TreeMap<>(Map.of("learning-rate", "1e-3"))));
        }
        return new RowFacts(label, "What " + label + " is, in a line.", baseline, all, new TreeMap<>(), label);
    }

    private static CellCounts cell(long world, long seed) {
        SequencedMap<String, RowCounts> rows = new LinkedHashMap<>();
        for (int i = 0; i < ROWS.size(); i++) {
            SplittableRandom random = Seed.of(seed, "counts", world, i).random();
            Map<Risk, SortedMap<String, PathCounts>> parts = new EnumMap<>(Risk.class);
            for (Risk risk : Risk.values()) {
                SortedMap<String, PathCounts> splits = new TreeMap<>();
                for (String split : List.of("seen", "held-out combinations", "held-out drawings")) {
                    long both = 60 + 5 * i + random.nextInt(12);
                    splits.put(
                            split,
                            new PathCounts(
                                    120,
                                    both + 9,
                                    both + 4,
                                    both,
                                    new TreeMap<>(Map.of(1, 11L, 3, 9L, 4, 100 - both))));
                }
                parts.put(risk, splits);
            }
            List<RowCounts.StageCost> stages = ROWS.get(i).stages().stream()
                    .map(_ -> new RowCounts.StageCost("srpo", 200, 75, 60_000, 90_000))
                    .toList();
            rows.put(ROWS.get(i).label(), new RowCounts(ROWS.get(i).label(), "x", parts, stages, Optional.empty()));
        }
        return new CellCounts(new StudyCell("model-1a2b3c", world, seed), new TreeMap<>(Map.of("asked", "0f")), rows);
    }

    private static StudyRecord study() {
        List<CellCounts> cells = new ArrayList<>();
        for (long world = 1; world <= 6; world++) {
            for (long seed = 1; seed <= 3; seed++) {
                cells.add(cell(world, seed));
            }
        }
        return new StudyRecord(
                "core",
                "./espalier study --part core",
                ROWS,
                cells,
                18,
                ROWS,
                List.of(cell(9, 1)),
                List.of("A note."),
                new StudyRecord.Provenance(
                        new TreeMap<>(Map.of("base model-1a2b3c", "ab".repeat(32))),
                        new StudyCommits(Optional.of("c0ffee"), Optional.of("facade")),
                        "CPU (amd64), 2 processors",
                        "2026-01-01T00:00:00Z",
                        new TreeMap<>(Map.of("DPO", 180.0))));
    }

    @Test
    void writesAPageThatNeedsNothingElseAndSaysInWordsWhatItDraws() throws IOException {
        StudyReport.write(study(), StudyEvidence.NONE, folder);

        String page = Files.readString(folder.resolve("study.html"));
        assertThat(page)
                .startsWith("<!doctype html>")
                .contains("<html lang=\"en\">", "Content-Security-Policy", "default-src &#39;none&#39;")
                .contains("SRPO &lt;b&gt;")
                .doesNotContain("SRPO <b>", "<script", "http://", "https://", "src=");
        assertThat(page.indexOf("class=\"differences\""))
                .as("the answer comes before every table")
                .isPositive()
                .isLessThan(page.indexOf("<table"));
        assertThat(page)
                .containsPattern(
                        "role=\"img\" aria-label=\"Differences of SER in points\\. Last branch point, two stages against")
                .contains(". SRPO &lt;b&gt; against");
        assertThat(page)
                .contains(
                        "role=\"region\" aria-label=\"Rates over all cells, percent\"",
                        "scope=\"col\"",
                        "scope=\"row\"")
                .contains(
                        "SER, held-out drawings (apart)",
                        "All that was tried on validation worlds",
                        "commit c0ffee, rows and worlds as of commit facade")
                .contains("A note.", "ab".repeat(32));
    }

    @Test
    void showsAnswersPathsTreesAndSettingsOfItsRuns() throws IOException {
        SampleRuns sample = new SampleRuns(folder, 24);
        Path explored = sample.explore();
        Path trained = sample.train("srpo");
        SequencedMap<String, CellRuns.RowRuns> rows = new LinkedHashMap<>();
        rows.put("Base", new CellRuns.RowRuns(sample.bench("base", 0.9), List.of(), List.of()));
        rows.put(
                "SRPO <b>",
                new CellRuns.RowRuns(
                        sample.bench(
                                "bench-srpo",
                                "srpo",
                                (requests, _) -> requests.stream()
                                        .<ChatModel.Reply>map(_ -> new ChatModel.Reply.Said("</script> <b>\nNo", true))
                                        .toList()),
                        List.of(explored),
                        List.of(trained)));
        CellRuns cell = new CellRuns(new StudyCell("model-1a2b3c", 1, 1), folder.resolve("world/test.jsonl"), rows);
        StudyReport.write(study(), new StudyEvidence(List.of(cell), Optional.of(lambdas())), folder);

        String page = Files.readString(folder.resolve("study.html"));
        assertThat(page)
                .contains(
                        "All 48 answers.",
                        "Every setting with its source",
                        "Drawn by the base model, for SRPO &lt;b&gt;")
                .contains("Paths before and after", "wrong before and after", "ER of SRPO, by λ")
                .containsPattern("script-src &#39;sha256-[^;]+&#39;\"")
                .doesNotContain("</script> <b>", "http://", "https://", folder.toString());
        assertThat(page.split("</script>", -1))
                .as("a data block and a script are closed, and nothing else")
                .hasSize(3);
        assertThat(page.indexOf("id=\"lambda\"")).isLessThan(page.indexOf("id=\"wrong\""));
    }

    /** Two values of λ in one cell. */
    private static StudyRecord lambdas() {
        List<RowFacts> rows = new ArrayList<>();
        SequencedMap<String, RowCounts> counts = new LinkedHashMap<>();
        for (String lambda : List.of("0.1", "0.5")) {
            rows.add(new RowFacts(
                    "SRPO " + lambda, "", false, List.of(), new TreeMap<>(Map.of("lambda", lambda)), "SRPO"));
            counts.put("SRPO " + lambda, cell(1, 1).row("SFT").orElseThrow());
        }
        StudyRecord all = study();
        return new StudyRecord(
                "curves",
                "",
                rows,
                List.of(new CellCounts(new StudyCell("model-1a2b3c", 1, 1), new TreeMap<>(), counts)),
                1,
                List.of(),
                List.of(),
                List.of(),
                all.made());
    }

    @Test
    void givesTheSameNumbersAsJsonMarkdownAndLatex() throws IOException {
        StudyReport.write(study(), StudyEvidence.NONE, folder);

        JsonNode json = Json.parse(Files.readString(folder.resolve("study.json")));
        assertThat(json.path("cells")).hasSize(18);
        assertThat(json.at("/cells/0/sha256").asString()).hasSize(64);
        assertThat(json.path("summary").get(1).asString())
                .as("the best on validation comes first")
                .startsWith("Last branch point, two stages is ahead of SFT, two stages by +");
        assertThat(json.path("summary").get(2).asString())
                .startsWith("SRPO <b> is ahead of DPO by +")
                .contains(". Against other baselines of its length: SFT +");
        assertThat(json.at("/made/rows_commit").asString()).isEqualTo("facade");
        JsonNode first = json.path("differences").get(0);
        assertThat(first.path("row").asString()).isEqualTo("DPO");
        assertThat(json.path("differences"))
                .as("six scopes of four rates of five pairs, none of them twice: equals, and two stages with the first")
                .hasSize(120);
        assertThat(first.path("units").asInt()).isEqualTo(6);
        assertThat(first.path("cells").asInt()).isEqualTo(18);
        assertThat(Files.readString(folder.resolve("study.md")))
                .contains("| SRPO \\<b\\> |", "## Rates over all cells, percent", "commit c0ffee");
        long wrong = 0;
        for (CellCounts cell : study().cells()) {
            for (Map<String, PathCounts> parts :
                    cell.row("Base").orElseThrow().parts().values()) {
                wrong += 11 + 9 + 100 - parts.get("seen").both();
            }
        }
        double step = 18 * 2 * 100.0 / wrong;
        assertThat(Files.readString(folder.resolve("study.md")))
                .contains(String.format(
                        Locale.ROOT,
                        "| Base | seen | %.1f | %.1f | 0.0 | %.1f | %.1f |%n",
                        100.0 * wrong / (18 * 2 * 120),
                        11 * step,
                        9 * step,
                        100 - 20 * step));
        assertThat(Files.readString(folder.resolve("study.tex")))
                .contains("\\begin{tabular}{lrrrrrrrrrr}", "SFT, two stages & ", "held-out combinations");
    }
}
