package org.espalier.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.espalier.core.ChatModel;
import org.espalier.core.InputException;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Json;
import org.espalier.core.file.Sha256;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ReportTest {
    @TempDir
    Path folder;

    private SampleRuns runs;

    @BeforeEach
    void world() throws IOException {
        runs = new SampleRuns(folder.resolve("demo"), 32);
    }

    private List<Path> everything() throws IOException {
        List<Path> all = new ArrayList<>(List.of(runs.explore(), runs.bench("base", 0.3)));
        for (String method : List.of("sft", "dpo", "orpo", "srpo", "srpo-refresh", "orpo-refresh")) {
            all.add(runs.train(method));
            all.add(runs.bench(method, 0.05));
        }
        return all;
    }

    private String html(List<Path> folders) throws IOException {
        Path file = folder.resolve("report.html");
        Report.write(folders, file);
        return Files.readString(file);
    }

    @Test
    void holdsEverySection() throws IOException {
        String page = html(everything());
        assertThat(page)
                .contains("id=\"rsbench\"", "id=\"paired\"", "id=\"wrong\"", "id=\"paths\"", "id=\"exploration\"")
                .contains("id=\"training\"", "id=\"provenance\"", "Held-out combination", "first wrong step")
                .contains("32 questions (16 unsafe, 16 safe twins)", "seed 7", "2 cores of a test machine")
                .contains("the exact rules of the greenhouse", "data:image/png;base64,");
    }

    @Test
    void tellsTwoExplorationsApart() throws IOException {
        Path first = runs.explore();
        Path second = Files.createDirectory(folder.resolve("explore-sft"));
        try (Stream<Path> files = Files.list(first)) {
            for (Path file : files.toList()) {
                Files.copy(file, second.resolve(file.getFileName()));
            }
        }
        assertThat(html(List.of(first, second)))
                .contains("id=\"exploration\"", "id=\"exploration-2\"")
                .contains("Exploration: explore<", "Exploration: explore-sft<");
    }

    @Test
    void isOneFileThatRunsNothingAndAsksForNothing() throws IOException {
        String page = html(everything());
        assertThat(page).doesNotContain("<script", "<link", "<iframe", "url(", "@import", "http:", "https:", "//www");
        assertThat(Pattern.compile(" (src|href)=\"(?!data:image/|#)")
                        .matcher(page)
                        .find())
                .isFalse();
        assertThat(page).contains("default-src &#39;none&#39;");
    }

    @Test
    void writesTheSamePageFromTheSameRuns() throws IOException {
        List<Path> all = everything();
        assertThat(html(all)).isEqualTo(html(all));
    }

    @Test
    void findsOutByTheRecordsWhatEachFolderIs() throws IOException {
        List<Path> all = everything();
        String rows = rows(html(all));
        assertThat(rows).isEqualTo("base SFT DPO ORPO SRPO SRPO + refresh ORPO + refresh");
        Collections.reverse(all);
        assertThat(rows(html(all))).isEqualTo(rows);
        assertThat(rows(html(List.of(folder.resolve("demo"))))).isEqualTo(rows);
    }

    /** Names of the rows of the first table. */
    private static String rows(String page) {
        String body = page.substring(page.indexOf("<tbody>"), page.indexOf("</tbody>"));
        return String.join(
                " ",
                Pattern.compile("<th>([^<]*)</th>")
                        .matcher(body)
                        .results()
                        .map(found -> found.group(1))
                        .toList());
    }

    @Test
    void knowsAMethodByTheTrainingItsAdapterLiesIn() throws IOException {
        Path train = runs.train("srpo-refresh");
        Path bench = runs.bench("renamed", "srpo-refresh", saying("No"));
        assertThat(rows(html(List.of(bench, train)))).isEqualTo("SRPO + refresh");
    }

    @Test
    void findsPicturesAndTrainingsAgainWhereAllWasMovedTogether() throws IOException {
        runs.train("srpo");
        runs.bench("base", 0.4);
        runs.bench("renamed", "srpo", saying("No"));
        Path moved = folder.resolve("elsewhere");
        Files.move(folder.resolve("demo"), moved);
        String page = html(List.of(moved));
        assertThat(rows(page)).isEqualTo("base SRPO");
        assertThat(page).contains("data:image/png;base64,").doesNotContain("the picture was not found");
    }

    @Test
    void tellsTwoRunsOfOneMethodApart() throws IOException {
        Path train = runs.train("srpo");
        List<Path> all =
                List.of(train, runs.bench("first", "srpo", saying("No")), runs.bench("second", "srpo", saying("Yes")));
        assertThat(rows(html(all))).isEqualTo("SRPO (first) SRPO (second)");
    }

    private static ChatModel saying(String text) {
        return (requests, sampling) -> requests.stream()
                .<ChatModel.Reply>map(request -> new ChatModel.Reply.Said(text, true))
                .toList();
    }

    @Test
    void showsHostilePathsAsText() throws IOException {
        String hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>\n</style></li></section>\"'&amp;"
                + "\u0000\u001b[31m\uD800\u202E\nNo";
        Path base = runs.bench("bench-base", "base", saying(hostile));
        Path train = runs.train("srpo");
        Path tuned = runs.bench("bench-srpo", "srpo", saying(hostile.replace("No", "Yes <b>")));
        String page = html(List.of(base, train, tuned));
        assertThat(page)
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;")
                .contains("&lt;/style&gt;&lt;/li&gt;&lt;/section&gt;&quot;&#39;&amp;amp;\uFFFD\uFFFD[31m")
                .doesNotContain("<script", "<img src=x", "<b>\n", "\u0000", "\u001b");
        assertThat(Pattern.compile("</section>").matcher(page).results().count())
                .isEqualTo(Pattern.compile("<section ").matcher(page).results().count());
    }

    @Test
    void cutsWhatIsTooLongToRead() throws IOException {
        Path base = runs.bench("bench-base", "base", saying("x".repeat(100_000)));
        Path train = runs.train("srpo");
        Path tuned = runs.bench("bench-srpo", "srpo", saying("No"));
        assertThat(html(List.of(base, train, tuned)))
                .contains("characters more)")
                .hasSizeLessThan(1_000_000);
    }

    @Test
    void leavesNoPagesOfAReportThatIsRefused() throws IOException {
        List<Path> folders = List.of(runs.bench("base", 0.4), runs.bench("srpo", 0));
        Path answers = folders.getLast().resolve("answers.jsonl");
        Path file = folder.resolve("page.html");
        String written = Files.readString(answers);
        Files.writeString(answers, written.replaceFirst("q1", "q2"));
        assertThatThrownBy(() -> Report.write(folders, file, 100, false))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is not what was written");
        assertThat(folder.resolve("page-questions")).doesNotExist();

        Files.writeString(answers, written);
        Report.write(folders, file, 100, false);
        assertThat(folder.resolve("page-questions")).isNotEmptyDirectory();
    }

    @Test
    void takesNoPictureFromOutsideTheDataFolder() throws IOException {
        Files.writeString(folder.resolve("demo/world/secret.png"), "\u0089PNG");
        Path base = runs.bench("base", 0.4);
        Path tuned = runs.bench("srpo", 0);
        Path answers = base.resolve("answers.jsonl");
        AtomicFile.write(answers, Files.readString(answers).replaceAll("images/q\\d+.png", "../../../etc/hostname"));
        runs.train("srpo");
        assertThat(html(List.of(base, folder.resolve("demo/train-srpo"), tuned)))
                .contains("the picture was not found")
                .doesNotContain("data:image");
    }

    @Test
    void takesNoPictureOfAFolderThatARunFromElsewhereNames() throws IOException {
        Path base = runs.bench("base", 0.4);
        runs.train("srpo");
        Path tuned = runs.bench("srpo", 0);
        Path mine = Files.createDirectories(folder.resolve("mine"));
        Files.copy(folder.resolve("demo/world/images/q0.png"), mine.resolve("diary.png"));
        Path answers = base.resolve("answers.jsonl");
        AtomicFile.write(answers, Files.readString(answers).replaceAll("images/q\\d+.png", "diary.png"));

        Map<String, String> known = Map.of(".nomedia", "", "licence.txt", "MIT", "questions.jsonl", "{\"id\": 1}\n");
        for (Map.Entry<String, String> one : known.entrySet()) {
            Path file = Files.writeString(mine.resolve(one.getKey()), one.getValue());
            assertThat(withData(base, file, Sha256.of(file), tuned))
                    .as(one.getKey())
                    .doesNotContain("data:image");
        }
        Path notes = Files.writeString(mine.resolve("notes.jsonl"), "{\"image\": \"diary.png\", \"text\": \"mine\"}\n");
        assertThat(withData(base, notes, Sha256.of("guessed"), tuned)).doesNotContain("data:image");
        assertThat(withData(base, notes, Sha256.of(notes), tuned))
                .as("the data that the run was made of")
                .contains("data:image");
    }

    private String withData(Path run, Path data, String hash, Path other) throws IOException {
        Path record = run.resolve("run.json");
        ObjectNode changed = (ObjectNode) Json.parse(Files.readString(record));
        ((ObjectNode) changed.at("/inputs/data")).put("path", data.toString()).put("sha256", hash);
        AtomicFile.write(record, Json.page(changed));
        return html(List.of(run, folder.resolve("demo/train-srpo"), other));
    }

    @Test
    void worksWithAnyOfTheRunsAlone() throws IOException {
        for (Path run : everything()) {
            String page = html(List.of(run));
            assertThat(page).contains("id=\"provenance\"", String.valueOf(run.getFileName()));
        }
    }

    @Test
    void leavesUnfinishedRunsOutOfTheTablesAndSaysSo() throws IOException {
        Path base = runs.bench("base", 0.3);
        Path other = runs.bench("srpo", 0.1);
        Files.delete(other.resolve("results.json"));
        assertThat(html(List.of(base, other)))
                .contains("Finished, but without results.json and left out of the tables: bench-srpo;");
        Path record = other.resolve("run.json");
        Files.writeString(record, Files.readString(record).replace("\"finished\"", "\"began_to_finish\""));
        assertThat(html(List.of(base, other))).contains("Not finished and left out of the tables: bench-srpo.");
    }

    @Test
    void passesOverABrokenLineOfMetrics() throws IOException {
        Path train = runs.train("orpo");
        Path metrics = train.resolve("metrics.jsonl");
        Files.writeString(metrics, Files.readString(metrics) + "{\"step\":76,\"lo");
        assertThat(html(List.of(train))).contains("75 steps", "1 line of the metrics could not be read");
    }

    @Test
    void refusesAFolderThatIsNoRun() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThatThrownBy(() -> html(List.of(empty)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("holds no run");
        assertThatThrownBy(() -> html(List.of(folder.resolve("nowhere"))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("there is no folder");
    }

    @Test
    void saysTheSameInJsonAndMarkdown() throws IOException {
        List<Path> all = everything();
        Path json = folder.resolve("report.json");
        Path markdown = folder.resolve("report.md");
        Report.writeJson(all, json);
        Report.writeMarkdown(all, markdown);
        JsonNode tree = Json.parse(Files.readString(json));
        JsonNode srpo = tree.path("benchmarks").get(4);
        assertThat(srpo.path("label").stringValue()).isEqualTo("SRPO");
        double rate = srpo.path("results")
                .path("whole")
                .path("figures")
                .valueStream()
                .filter(figure -> figure.path("key").asString().equals("ser"))
                .findFirst()
                .orElseThrow()
                .path("value")
                .doubleValue();
        String said = ReportWording.percent(rate) + " (";
        assertThat(Files.readString(markdown)).contains("| SRPO |", said);
        assertThat(html(all)).contains(ReportWording.percent(rate) + "<small>");
        assertThat(tree.path("runs")).hasSize(14);
        assertThat(tree.path("paired")
                        .valueStream()
                        .map(row -> row.path("verdict").stringValue()))
                .isSubsetOf("higher", "lower", "not decided");
    }
}
