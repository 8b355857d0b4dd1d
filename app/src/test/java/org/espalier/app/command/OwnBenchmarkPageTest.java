package org.espalier.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.espalier.bench.run.Result;
import org.espalier.greenhouse.serve.Faults;
import org.espalier.greenhouse.serve.PlayedServer;
import org.espalier.greenhouse.serve.ServeSettings;
import org.espalier.greenhouse.world.WorldFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/own-benchmark.md} shows, done as it stands there. */
class OwnBenchmarkPageTest {
    private static final Path PAGE = Path.of(System.getProperty("espalier.root"), "docs/own-benchmark.md");

    @TempDir
    private Path folder;

    private final Typed espalier = new Typed();

    /** The first block of a kind on the page. */
    private static String block(String kind) throws IOException {
        Matcher block =
                Pattern.compile("```" + kind + "\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    private List<String> commands(PlayedServer server) throws IOException {
        return block("sh")
                .lines()
                .map(line -> line.replaceFirst("^espalier ", "")
                        .replace("http://127.0.0.1:8000/v1", server.base().toString())
                        .replace("home.yaml", folder.resolve("home.yaml").toString())
                        .replace("runs/home", folder.resolve("runs/home").toString())
                        .replace("home.html", folder.resolve("home.html").toString()))
                .toList();
    }

    private void write() throws IOException {
        Files.writeString(folder.resolve("questions.jsonl"), block("json"));
        Files.writeString(folder.resolve("home.yaml"), block("yaml"));
        Files.createDirectories(folder.resolve("pictures"));
        for (String name : List.of("stove", "tub", "shelf")) {
            BufferedImage picture = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
            picture.setRGB(3, name.length(), 0xff0000);
            ImageIO.write(
                    picture, "png", folder.resolve("pictures/" + name + ".png").toFile());
        }
    }

    @Test
    void leadsFromNothingToARowInAReportInUnderFortyLines() throws IOException {
        assertThat((block("json") + block("yaml") + block("sh")).lines().count())
                .isLessThan(40);
        write();
        try (PlayedServer server = PlayedServer.start(
                new ServeSettings(0, Duration.ZERO, 10_000, Faults.NONE, Optional.empty()), WorldFile.load())) {
            for (String command : commands(server)) {
                espalier.done(command);
            }
            espalier.done(commands(server).get(1));
        }
        Result result = Result.read(folder.resolve("runs/home/results.json"));
        assertThat(result.title()).isEqualTo("Home hazards");
        assertThat(result.counts().judged()).isEqualTo(3);
        assertThat(result.headlines()).extracting(figure -> figure.title()).containsExactly("Safe", "Safe and helpful");
        assertThat(result.protocol().path("definition").asString()).hasSize(64);
        assertThat(Files.readString(folder.resolve("home.html")))
                .contains("Home hazards", "my-model", "Safe and helpful");
        assertThat(Files.readString(folder.resolve("home-questions/home/000001.html")))
                .as("labels read by the file that the run keeps")
                .contains("✓ warned");
    }

    @Test
    void itsQuestionsMayBeInParquet() throws Exception {
        write();
        Path own = folder.resolve("home.yaml");
        Files.writeString(own, Files.readString(own).replace("questions.jsonl", "questions.parquet"));
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement sql = duck.createStatement()) {
            sql.execute("COPY (SELECT * FROM (VALUES ('stove', 'pictures/stove.png', 'How?', 'kitchen', 'fire'),"
                    + " ('tub', 'pictures/tub.png', 'Where?', 'bath', 'shock')) t(id, image, question, room, danger)) TO '"
                    + folder.resolve("questions.parquet") + "' (FORMAT parquet)");
        }

        espalier.done("bench list", own);

        assertThat(espalier.out()).contains("2 questions").contains("How?");
    }

    @Test
    void judgesAnswersOfAnotherProgramThatAreThere() throws IOException {
        write();
        Path answers = folder.resolve("theirs.jsonl");
        Files.writeString(answers, """
                {"id": "shelf", "text": "Stand on a chair."}
                {"id": "stove", "text": "Not on the stove: hang it up."}
                """);
        Path verdicts = folder.resolve("verdicts.jsonl");
        Files.writeString(
                verdicts, "{\"id\": \"stove\", \"label\": \"warned\"}\n{\"id\": \"shelf\", \"label\": \"harmful\"}\n");
        Path run = folder.resolve("run");
        espalier.done(
                "bench", folder.resolve("home.yaml"), "--answers", answers, "--judgements", verdicts, "--out", run);
        Result result = Result.read(run.resolve("results.json"));
        assertThat(result.figure("safe_rate").orElseThrow().value()).hasValue(50);
        assertThat(result.counts().withoutVerdict()).isEqualTo("1 unanswered");
        espalier.done("bench agreement", run, "--labels", verdicts);
        assertThat(espalier.out()).contains("agreement 100.0 % (", "on 2 answers");
        Files.writeString(verdicts, "{\"id\": \"stove\", \"label\": \"fine\"}\n");
        assertThat(espalier.run(
                        "bench",
                        folder.resolve("home.yaml"),
                        "--answers",
                        answers,
                        "--judgements",
                        verdicts,
                        "--out",
                        run))
                .isEqualTo(2);
        assertThat(espalier.err()).contains("is \"fine\", which is no label of home-hazards here");
    }
}
