package org.espalier.lab.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.espalier.app.command.CommandLines;
import org.espalier.app.console.Interruption;
import org.espalier.core.file.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A model is fetched, trained on, published and fetched again, by its name on a hub. */
class HubVerbsTest {
    private static final Path ROOT = Path.of(System.getProperty("espalier.root"));
    private static final Path GROWN = ROOT.resolve("greenhouse/model");

    /** No test's home has a cache of another's, since the build gives each room one of its own. */
    private static final Path HOME = Path.of(System.getenv("HF_HOME"));

    private static final String TOKEN = "hf_test";

    @TempDir
    private static Path folder;

    private static FolderHub hub;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** Texts are parted at blanks. */
    private int run(Object... words) {
        return CommandLines.espalier(new PrintWriter(out), new PrintWriter(err), new Interruption())
                .execute(Arrays.stream(words)
                        .flatMap(word -> word instanceof String text ? Arrays.stream(text.split(" ")) : Stream.of(word))
                        .map(Object::toString)
                        .toArray(String[]::new));
    }

    private void done(Object... words) {
        assertThat(run(words)).as(() -> out.toString() + err).isZero();
    }

    @BeforeAll
    static void aHubWithTheGrownModel() throws IOException {
        remove(HOME);
        Files.createDirectories(HOME);
        Files.writeString(HOME.resolve("token"), TOKEN + "\n");
        Path model = Files.createDirectories(folder.resolve("hub/grown/base"));
        for (String name : List.of(
                "config.json",
                "generation_config.json",
                "greenhouse.json",
                "model.safetensors",
                "preprocessor_config.json",
                "tokenizer.json",
                "tokenizer_config.json")) {
            Files.copy(GROWN.resolve(name), model.resolve(name));
        }
        Files.writeString(model.resolve("README.md"), "---\nlicense: apache-2.0\n---\n# base\n");
        Files.writeString(model.resolve("LICENSE"), "the terms");
        Files.writeString(model.resolve("pytorch_model.bin"), "a pickle");
        hub = FolderHub.start(folder.resolve("hub"), 0, Optional.of(TOKEN), 0);
    }

    @AfterAll
    static void end() throws IOException {
        hub.close();
        remove(HOME);
    }

    private static void remove(Path whole) throws IOException {
        if (Files.exists(whole)) {
            try (Stream<Path> files = Files.walk(whole)) {
                for (Path file :
                        files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @Test
    void aModelGoesFromAHubToAnAdapterThatOthersFetch() throws IOException {
        done("pull grown/base --dry-run --endpoint-url", hub.address());
        assertThat(out.toString())
                .contains(
                        "Would fetch 9 files of grown/base",
                        "4.1 MiB  model.safetensors",
                        "Left out: pytorch_model.bin");
        assertThat(HOME.resolve("hub")).doesNotExist();
        done("pull grown/base --endpoint-url", hub.address());
        assertThat(out.toString()).contains("Use it by its name: --model grown/base");

        Path world = folder.resolve("world");
        Path trees = folder.resolve("trees");
        Path trained = folder.resolve("trained");
        Path recipe = ROOT.resolve("recipes/greenhouse.yaml");
        done(
                "greenhouse world --size train=4 --size validation=2 --size test-seen=2 --size test-combinations=2"
                        + " --size test-drawings=2 --model grown/base --out",
                world);
        done(
                "explore --model grown/base --examples 0 --recipe",
                recipe,
                "--data",
                world.resolve("train/ssui.jsonl"),
                "--out",
                trees);
        done("train --model grown/base --method sft --epochs 1 --recipe", recipe, "--trees", trees, "--out", trained);

        JsonNode record = Json.parse(Files.readString(trained.resolve("run.json")));
        assertThat(record.path("inputs").path("model").path("hub").asString()).matches("grown/base@[0-9a-f]{40}");
        Path adapter = trained.resolve("adapter");
        assertThat(adapter.resolve("adapter_config.json")).content().contains("\"grown/base\"");
        assertThat(adapter.resolve("README.md"))
                .content()
                .startsWith("---\nbase_model: grown/base\n")
                .contains("license: apache-2.0", "| learning-rate | 0.004 |", "| loss | ")
                .doesNotContain(folder.toString());

        done("push", trained, "me/adapter --private --dry-run --endpoint-url", hub.address());
        assertThat(out.toString()).contains("as the private me/adapter", "for grown/base", "LICENSE");
        assertThat(folder.resolve("hub/me/adapter")).doesNotExist();
        done("push", trained, "me/adapter --private --endpoint-url", hub.address());
        assertThat(folder.resolve("hub/me/adapter"))
                .isDirectoryContaining("glob:**/LICENSE")
                .isDirectoryContaining("glob:**/adapter_model.safetensors");
        done("pull me/adapter --endpoint-url", hub.address());
        done("chat --model grown/base --adapter me/adapter --greedy --max-tokens 3 hello");
        assertThat(err.toString()).contains("(cut off: --max-tokens)");

        Path merged = folder.resolve("merged");
        done("model merge grown/base --adapter", adapter, "--out", merged);
        assertThat(merged.resolve("BASE_MODEL_README.md")).content().endsWith("# base\n");
        assertThat(merged.resolve("README.md")).content().contains("base_model_relation: finetune", "trained by SFT");
        Path measured = folder.resolve("measured");
        done("bench rsbench --model", merged, "--data", world.resolve("test.jsonl"), "--limit 1 --out", measured);
        assertThat(Json.parse(Files.readString(measured.resolve("run.json")))
                        .path("configuration")
                        .path("method")
                        .path("value")
                        .asString())
                .isEqualTo("sft");
        // It measured the merged model; on the adapter's card its figures would be another's.
        assertThat(run("push", trained, "me/adapter --dry-run --results", measured, "--endpoint-url", hub.address()))
                .isEqualTo(2);
        assertThat(err.toString()).contains(measured + " did not measure this adapter as it is now");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "chat --model some/where hello | some/where is no folder, and not in the hub's cache",
                "chat --model some/where@v2 hello | espalier pull some/where@v2",
                "explore --model some/where --data a.jsonl --out x | espalier pull some/where",
                "bench rsbench --data some/data --model m --out x | espalier pull some/data --data",
                "model inspect some/where | espalier pull some/where",
                "pull somewhere | 'somewhere' is no name of a repository",
                "pull a/b --endpoint-url here | the hub's address is 'here'",
                "push nowhere me/adapter | nowhere holds neither an adapter",
            })
    void whatCannotBeMeantIsRefusedInASentence(String words, String sentence) {
        assertThat(run(words)).isEqualTo(2);
        assertThat(err.toString()).contains(sentence);
    }

    @Test
    void aBaseModelOfThisMachineIsNotPublishedByItsPath() throws IOException {
        Path adapter = ROOT.resolve("fixtures/qwen2_5_vl/adapter");
        Path copy = Files.createDirectories(folder.resolve("adapter"));
        Files.copy(adapter.resolve("adapter_model.safetensors"), copy.resolve("adapter_model.safetensors"));
        Files.writeString(copy.resolve("adapter_config.json"), "{\"base_model_name_or_path\": \"/home/me/base\"}");
        assertThat(run("push", copy, "me/other --dry-run")).isEqualTo(2);
        assertThat(err.toString()).contains("say with --base-model OWNER/NAME");

        done("push", copy, "me/other --base-model grown/base --license apache-2.0 --endpoint-url", hub.address());
        assertThat(folder.resolve("hub/me/other/adapter_config.json")).content().doesNotContain("/home/me");
        assertThat(folder.resolve("hub/me/other/README.md")).content().contains("base_model: grown/base");
    }

    @Test
    void nothingIsPublishedThroughALinkThatLeadsOutOfItsFolder() throws IOException {
        Path secret = Files.writeString(folder.resolve("id_rsa"), "a secret");
        Path given = Files.createDirectories(folder.resolve("given"));
        for (String name : List.of("config.json", "model.safetensors")) {
            Files.copy(GROWN.resolve(name), given.resolve(name));
        }
        Files.createSymbolicLink(given.resolve("weights.json"), given.resolve("config.json"));
        done("push", given, "me/given --license mit --dry-run --endpoint-url", hub.address());
        Files.createSymbolicLink(given.resolve("README.md"), secret);
        assertThat(run("push", given, "me/given --license mit --dry-run --endpoint-url", hub.address()))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains(given.resolve("README.md")
                        + " is a link that leads out of its folder: put the file itself there");
    }
}
