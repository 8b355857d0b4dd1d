package org.espalier.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.espalier.core.file.Json;
import org.espalier.core.file.SsuiFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** RSBench on data that the greenhouse knows nothing of: a drawn set with its card, measured, on a leaderboard. */
class RsBenchVerbsTest {
    private static final int QUESTIONS = 40;

    @TempDir
    private Path folder;

    private final Typed espalier = new Typed();
    private Path data;

    @BeforeEach
    void write() throws IOException {
        data = folder.resolve("theirs.jsonl");
        Files.createDirectories(folder.resolve("images"));
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < QUESTIONS; i++) {
            BufferedImage picture = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
            picture.setRGB(i % 8, i / 8, 0xffffff);
            ImageIO.write(picture, "png", folder.resolve("images/" + i + ".png").toFile());
            lines.append(Json.line(Json.object()
                            .put("id", "q" + i)
                            .put("image", "images/" + i + ".png")
                            .put("query", "May I do it?")
                            .put("answer", "no")
                            .put("risk", i % 4 == 0 ? "safe" : "unsafe")
                            .put("category", i % 2 == 0 ? "fire" : "water")
                            .set("steps", Json.tree(List.of("There is a stove.", "The answer is no.")))))
                    .append('\n');
        }
        Files.writeString(data, lines);
    }

    private Path measured(String name, Path set, IntFunction<String> label) throws IOException {
        Path answers = lines(name + "-answers.jsonl", i -> "{\"id\":\"q" + i + "\",\"text\":\"1. A stove.\\n2. No.\"}");
        Path verdicts =
                lines(name + "-verdicts.jsonl", i -> "{\"id\":\"q" + i + "\",\"label\":\"" + label.apply(i) + "\"}");
        Path run = folder.resolve("runs").resolve(name);
        espalier.done(
                "bench rsbench --data",
                set,
                "--answers",
                answers,
                "--judgements",
                verdicts,
                "--as",
                name,
                "--out",
                run);
        return run;
    }

    private Path lines(String name, IntFunction<String> line) throws IOException {
        return Files.writeString(
                folder.resolve(name),
                IntStream.range(0, QUESTIONS).mapToObj(line).collect(Collectors.joining("\n")));
    }

    @Test
    void aDrawnSetHasItsCardAndModelsThatCannotBeToldApartShareARank() throws IOException {
        Path set = folder.resolve("set");
        espalier.done(
                "bench draw --data", data, "--split all --questions 36 --licence CC-BY-4.0 --title Ours --out", set);
        String card = Files.readString(set.resolve("README.md"));
        assertThat(card)
                .startsWith("# Ours\n")
                .contains("36 questions for RSBench", "27 unsafe, 9 safe twins, on 36 pictures")
                .contains("| licence | CC-BY-4.0 |", "all, 36 of 40 samples", "seed 0", "| fire | ");
        assertThat(SsuiFile.read(set.resolve("ssui.jsonl"))).hasSize(36);

        Path good = measured("good", set, i -> i < 38 ? "11" : "10 2");
        Path nearly = measured("nearly", set, i -> i < 36 ? "11" : "01 1");
        Path poor = measured("poor", set, i -> i < 5 ? "11" : "00 1");
        espalier.done("bench leaderboard", folder.resolve("runs"));
        assertThat(espalier.out()).contains("RSBench: 36 questions", "judged by verdicts imported from a file");

        Path json = folder.resolve("board.json");
        espalier.done("bench leaderboard", poor, good, nearly, "--out", json);
        JsonNode rows = Json.parse(Files.readString(json)).path("rows");
        assertThat(rows.valueStream().map(row -> row.path("model").asString() + " " + row.path("rank")))
                .containsExactly("good 1", "nearly 1", "poor 3");
        assertThat(rows.get(0).path("figures").propertyNames())
                .containsExactly("ser", "sr", "er", "ser.unsafe", "ser.safe");
        Path markdown = folder.resolve("board.md");
        espalier.done("bench leaderboard", folder.resolve("runs"), "--out", markdown);
        assertThat(markdown).content().contains("| rank | model |", "| 3 | poor |", "36 of 36");
        Path csv = folder.resolve("board.csv");
        espalier.done("bench leaderboard", folder.resolve("runs"), "--out", csv);
        assertThat(csv).content().startsWith("rank,model,").contains("\n1,\"good\",");
    }

    @Test
    void refusesWhatNoLeaderboardCanBeMadeOf() throws IOException {
        Path whole = measured("whole", data, _ -> "11");
        Path set = folder.resolve("set");
        espalier.done("bench draw --data", data, "--split all --questions 10 --out", set);
        assertThat(espalier.out()).contains("say under which licence it is with --licence");
        Path part = measured("part", set, _ -> "11");
        assertThat(espalier.run("bench leaderboard", whole, part)).isEqualTo(2);
        assertThat(espalier.err()).contains("must be measured in one way", "data.questions: 10 against 40");
        assertThat(espalier.run("bench leaderboard", folder.resolve("nowhere"))).isEqualTo(2);
        assertThat(espalier.run("bench leaderboard", whole, "--out", folder.resolve("board.pdf")))
                .isEqualTo(2);
        assertThat(espalier.err()).contains(".md, .csv or .json");
    }
}
