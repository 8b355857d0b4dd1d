package org.espalier.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.espalier.core.file.TreeFile;
import org.espalier.greenhouse.serve.Faults;
import org.espalier.greenhouse.serve.PlayedServer;
import org.espalier.greenhouse.serve.ServeSettings;
import org.espalier.greenhouse.world.WorldFile;
import org.espalier.ssui.foreign.ExampleFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Data in the forms of other programs, out and in again. */
class ForeignDataTest {
    private static final Path MODEL =
            Path.of(System.getProperty("espalier.root")).resolve("greenhouse/model");

    @TempDir
    private static Path folder;

    private static Path explored;

    private final Typed espalier = new Typed();

    @BeforeAll
    static void explore() {
        Typed espalier = new Typed();
        espalier.done(
                "greenhouse world --size train=8 --size validation=2 --size test-seen=4 --size test-combinations=2"
                        + " --size test-drawings=2 --out",
                folder.resolve("world"));
        explored = folder.resolve("explored");
        try (PlayedServer server = PlayedServer.start(
                new ServeSettings(0, Duration.ZERO, 10_000, Faults.NONE, Optional.empty()), WorldFile.load())) {
            espalier.done(
                    "explore --model-name greenhouse --continue-by prefill --max-tokens 96 --branch-samples 4 --endpoint",
                    server.base(),
                    "--data",
                    folder.resolve("world/train/ssui.jsonl"),
                    "--out",
                    explored);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "trl, pairs.jsonl, dpo",
        "trl, train-00000-of-00001.parquet, orpo",
        "llama-factory, pairs.json, dpo",
        "ms-swift, pairs.jsonl, orpo",
        "sft, examples.jsonl, sft",
        "sft, train-00000-of-00001.parquet, sft"
    })
    void whatIsWrittenForOthersIsTrainedOnHere(String form, String file, String method) throws IOException {
        Path out = folder.resolve(form + "-" + file);
        espalier.done("ssui export", explored, "--pairs", form, "--out", out);
        Path trained = folder.resolve("trained-" + form + "-" + file);

        espalier.done(
                "train --epochs 1 --method",
                method,
                "--model",
                MODEL,
                "--dataset",
                out.resolve(file),
                "--out",
                trained);

        ExampleFile read = ExampleFile.read(out.resolve(file));
        assertThat(espalier.out())
                .contains(
                        "(" + read.examples().size() + " of " + read.examples().size() + " questions)");
        assertThat(trained.resolve("adapter/adapter_model.safetensors")).exists();
        assertThat(Files.readString(trained.resolve("metrics.jsonl"))).contains("\"loss\":");
        assertThat(read.examples()).allSatisfy(example -> {
            assertThat(example.prompt()).hasSize(1);
            assertThat(example.prompt().getFirst().images()).hasSize(1);
        });
    }

    @Test
    void pairsAreTheWholePathsOfTheTrees() {
        Path out = folder.resolve("whole");
        espalier.done("ssui export", explored, "--pairs trl --out", out);

        var pairs = TreeFile.read(explored.resolve(TreeFile.NAME)).stream()
                .flatMap(tree -> tree.pairs().stream()
                        .map(pair -> tree.whole(pair.favorable()).text() + "\n"
                                + tree.whole(pair.unfavorable()).text()))
                .toList();
        for (String file : new String[] {"pairs.jsonl", "train-00000-of-00001.parquet"}) {
            assertThat(ExampleFile.read(out.resolve(file)).examples())
                    .extracting(example ->
                            example.answer() + "\n" + example.rejected().orElseThrow())
                    .containsExactlyElementsOf(pairs);
        }
    }

    @Test
    void labelledAnswersAreWrittenForKtoAndTheCardSaysHowToLoadThem() throws IOException {
        Path out = folder.resolve("kto");
        espalier.done("ssui export", explored, "--pairs kto --out", out);

        assertThat(Files.readString(out.resolve("answers.jsonl")))
                .contains("\"label\":true")
                .contains("\"label\":false");
        assertThat(Files.readString(out.resolve("README.md")))
                .startsWith("---\nconfigs:\n- config_name: default\n")
                .contains("KTOTrainer");
        assertThat(espalier.run(
                        "train --method dpo --model",
                        MODEL,
                        "--dataset",
                        out.resolve("answers.jsonl"),
                        "--out",
                        folder.resolve("no")))
                .isEqualTo(2);
        assertThat(espalier.err()).contains("answers.jsonl").contains("(KTO)");
    }

    @Test
    void aConversationWithoutAPictureIsTrainedOn() throws IOException {
        Path file = Files.writeString(
                folder.resolve("text.jsonl"),
                "{\"messages\":[{\"role\":\"user\",\"content\":\"May I put the knife away?\"},{\"role\":\"assistant\","
                        + "\"content\":\"Yes.\"},{\"role\":\"user\",\"content\":\"Thanks. And the cup?\"},"
                        + "{\"role\":\"assistant\",\"content\":\"Yes, too.\"}]}\n");

        espalier.done(
                "train --epochs 1 --method sft --model", MODEL, "--dataset", file, "--out", folder.resolve("text"));

        assertThat(folder.resolve("text/adapter/adapter_model.safetensors")).exists();
    }

    @Test
    void whatCannotBeTrainedOnIsRefusedInASentence() throws IOException {
        Path file = Files.writeString(folder.resolve("one.jsonl"), "{\"prompt\":\"a\",\"completion\":\"b\"}\n");
        Path out = folder.resolve("refused");
        refused("srpo needs branches", "train --model", MODEL, "--dataset", file, "--out", out);
        refused(
                "cannot be explored again",
                "train --method orpo --refresh 1 --model",
                MODEL,
                "--dataset",
                file,
                "--out",
                out);
        refused(
                "it needs a correct and an incorrect path",
                "train --method dpo --model",
                MODEL,
                "--dataset",
                file,
                "--out",
                folder.resolve("unpaired"));
        refused("--trees RUN of an exploration, or --dataset FILE", "train --method sft --model", MODEL, "--out", out);
        refused(
                "there is no file",
                "train --method sft --model",
                MODEL,
                "--dataset",
                folder.resolve("x.parquet"),
                "--out",
                out);
    }

    private void refused(String said, Object... words) {
        assertThat(espalier.run(words)).isEqualTo(2);
        assertThat(espalier.err()).contains(said);
    }

    @Test
    void parquetIsExploredAndAskedLikeTheLinesThatItHolds() throws IOException {
        Path review = folder.resolve("review");
        Path data = folder.resolve("data");
        espalier.done("ssui import", "ssui:" + folder.resolve("world/train/ssui.jsonl"), "--out", review);
        espalier.done("ssui export", review, "--out", data, "--unreviewed --splits train=1");
        Path parquet = data.resolve("train-00000-of-00001.parquet");
        try (PlayedServer server = PlayedServer.start(
                new ServeSettings(0, Duration.ZERO, 10_000, Faults.NONE, Optional.empty()), WorldFile.load())) {
            for (Path from : new Path[] {parquet, data.resolve("ssui-train.jsonl")}) {
                espalier.done(
                        "explore --model-name greenhouse --continue-by prefill --branch-samples 2 --endpoint",
                        server.base(),
                        "--data",
                        from,
                        "--out",
                        folder.resolve("from-" + from.getFileName()));
                espalier.done(
                        "bench rsbench --model-name greenhouse --judge-model greenhouse --endpoint",
                        server.base(),
                        "--judge",
                        server.base(),
                        "--data",
                        from,
                        "--out",
                        folder.resolve("bench-" + from.getFileName()));
            }
        }
        assertThat(TreeFile.read(folder.resolve("from-train-00000-of-00001.parquet/trees.jsonl")))
                .extracting(tree -> tree.id() + tree.paths())
                .containsExactlyElementsOf(TreeFile.read(folder.resolve("from-ssui-train.jsonl/trees.jsonl")).stream()
                        .map(tree -> tree.id() + tree.paths())
                        .toList());
        Path trained = folder.resolve("trained-parquet");
        espalier.done(
                "train --method sft --epochs 1 --model",
                MODEL,
                "--trees",
                folder.resolve("from-train-00000-of-00001.parquet"),
                "--out",
                trained);
        espalier.done(
                "train --method sft --epochs 1 --dry-run --model",
                MODEL,
                "--trees",
                folder.resolve("from-ssui-train.jsonl"),
                "--data",
                parquet,
                "--out",
                folder.resolve("dry"));
    }
}
