package org.espalier.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.espalier.core.file.Sha256;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The verbs as a user types them: the whole method in small on the base model, and what each says of bad input. */
class VerbsTest {
    private static final Path ROOT = Path.of(System.getProperty("espalier.root"));
    private static final Path MODEL = ROOT.resolve("greenhouse/model");
    private static final Path FIXTURE = ROOT.resolve("fixtures/qwen2_5_vl");
    private static final Path RECIPE = ROOT.resolve("recipes/greenhouse.yaml");

    @TempDir
    private static Path folder;

    private static Path train;
    private static Path test;

    private final Typed espalier = new Typed();

    @BeforeAll
    static void draw() {
        new Typed()
                .done(
                        "greenhouse world --size train=8 --size validation=2 --size test-seen=4 --size test-combinations=4"
                                + " --size test-drawings=2 --out",
                        folder.resolve("world"));
        train = folder.resolve("world/train/ssui.jsonl");
        test = folder.resolve("world/test.jsonl");
    }

    @Test
    void goesFromQuestionsToAReport() throws IOException {
        Path explored = folder.resolve("explored");
        Path trained = folder.resolve("trained");
        Path base = folder.resolve("bench-base");
        Path after = folder.resolve("bench-srpo");
        Path page = folder.resolve("report.html");

        explore(explored);
        assertThat(espalier.out()).contains("Explored 8 questions");
        Object[] train = {
            "train --method srpo --model",
            MODEL,
            "--trees",
            explored,
            "--out",
            trained,
            "--recipe",
            RECIPE,
            "--epochs 1 --refresh 1 --examples 0"
        };
        espalier.done(train);
        Path adapter = trained.resolve("adapter/adapter_model.safetensors");
        String hash = Sha256.of(adapter);
        String metrics = Files.readString(trained.resolve("metrics.jsonl"));
        Path other = FIXTURE.resolve("adapter");
        assertThat(espalier.run(
                        "train --dry-run --method sft --model",
                        MODEL,
                        "--trees",
                        explored,
                        "--out",
                        page,
                        "--adapter",
                        other))
                .isEqualTo(2);
        assertThat(espalier.err()).contains("has the shape [8, 160], but this model");
        Files.delete(adapter);
        espalier.done(train);
        assertThat(Sha256.of(adapter)).as("written again from the checkpoint").isEqualTo(hash);
        assertThat(trained.resolve("metrics.jsonl")).hasContent(metrics);
        assertThat(bench(base)).as(espalier.err()).isZero();
        assertThat(bench(after, "--adapter", trained.resolve("adapter")))
                .as(espalier.err())
                .isZero();
        assertThat(espalier.out()).contains("unsafe SER", "held-out combinations");
        assertThat(espalier.run("report", explored, trained, base, after, "--out", page))
                .isZero();
        assertThat(Files.readString(page)).contains("SRPO + refresh").contains("RSBench");
        reportsTakeThePlaceOfReportsAlone(base);
        makesLostResultsAgain(base);
    }

    private void reportsTakeThePlaceOfReportsAlone(Path run) throws IOException {
        Path page = run.resolve("report.html");
        Object[] command = {
            "report",
            run,
            "--out",
            page,
            "--json",
            run.resolve("report.json"),
            "--markdown",
            run.resolve("report.md"),
            "--latex",
            run.resolve("report.tex"),
            "--csv",
            run.resolve("report.csv")
        };
        espalier.done(command);
        espalier.done(command);

        Path results = run.resolve("results.json");
        String before = Files.readString(results);
        assertThat(espalier.run("report", run, "--out", page, "--json", results))
                .isEqualTo(2);
        assertThat(espalier.err()).contains(results + " is there already and is not a report");
        assertThat(results).hasContent(before);
        assertThat(espalier.run("report", run, "--out", page, "--json", page)).isEqualTo(2);
        assertThat(espalier.err()).contains("two forms of the report would go to " + page);
    }

    private void makesLostResultsAgain(Path run) throws IOException {
        Path results = run.resolve("results.json");
        String whole = Files.readString(results);
        Files.delete(results);
        espalier.done("report", run, "--out", folder.resolve("lost.html"));
        assertThat(espalier.out())
                .contains("Finished, but without results.json and left out of the tables: bench-base;");
        for (String broken : List.of("", "{}", whole.substring(0, 99))) {
            Files.writeString(results, broken);
            assertThat(bench(run)).as(espalier.err()).isZero();
            assertThat(results).hasContent(whole);
        }
    }

    private void explore(Path to) {
        int code = espalier.run(
                "explore --model",
                MODEL,
                "--data",
                train,
                "--out",
                to,
                "--recipe",
                RECIPE,
                "--trunk-attempts 2 --branch-samples 2 --examples 0");
        assertThat(code).as(espalier.err()).isZero();
    }

    private int bench(Path to, Object... more) {
        Object[] words = {"bench rsbench --model", MODEL, "--data", test, "--out", to, "--recipe", RECIPE};
        Object[] all = java.util.Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return espalier.run(all);
    }

    @Test
    void repeatsARunByteForByteAndGoesOnWithATornOne() throws IOException {
        Path one = folder.resolve("one");
        Path other = folder.resolve("other");
        explore(one);
        explore(other);
        Path trees = other.resolve("trees.jsonl");
        assertThat(trees).hasSameTextualContentAs(one.resolve("trees.jsonl"));

        String whole = Files.readString(trees);
        Files.writeString(trees, whole.substring(0, whole.length() / 2));
        Path record = other.resolve("run.json");
        Files.writeString(record, Files.readString(record).replace("\"finished\"", "\"began_to_finish\""));
        explore(other);
        assertThat(trees).hasContent(whole);
    }

    @Test
    void refusesToGoOnWithOtherSettings() {
        Path to = folder.resolve("settled");
        explore(to);

        int code = espalier.run("explore --model", MODEL, "--data", train, "--out", to, "--recipe", RECIPE);

        assertThat(code).isEqualTo(2);
        assertThat(espalier.err()).contains("started with other settings").contains("trunk-attempts was 2, now 8");
    }

    @Test
    void computesInTheTypeThatIsAskedForAndSaysSo() throws IOException {
        Path to = folder.resolve("half");
        Object[] words = {"explore --model", MODEL, "--data", train, "--out", to, "--recipe", RECIPE};
        Object[] half = java.util.Arrays.copyOf(words, words.length + 1);
        half[words.length] = "--trunk-attempts 1 --branch-samples 1 --examples 0 --dtype bfloat16";

        assertThat(espalier.run(half)).as(espalier.err()).isZero();

        assertThat(Files.readString(to.resolve("run.json"))).contains("\"dtype\"", "\"bfloat16\"");
        half[words.length] = "--trunk-attempts 1 --branch-samples 1 --examples 0";
        assertThat(espalier.run(half)).isEqualTo(2);
        assertThat(espalier.err()).contains("dtype");
    }

    @Test
    void refusesADeviceOrATypeThatIsNotThere() {
        Path to = folder.resolve("nowhere");
        Object[] words = {"explore --model", MODEL, "--data", train, "--out", to, "--device cuda"};
        assertThat(espalier.run(words)).isEqualTo(3);
        assertThat(espalier.err()).contains("the device cuda cannot be used: ", "; or take the device cpu");
        assertThat(espalier.run("chat --model", MODEL, "--dtype int4 hello")).isEqualTo(2);
        assertThat(espalier.err()).contains("there is no type 'int4'");
        assertThat(espalier.run(
                        "explore --endpoint http://localhost:1 --model-name m --data",
                        train,
                        "--out",
                        to,
                        "--dtype float32"))
                .isEqualTo(2);
        assertThat(espalier.err()).contains("--device and --dtype go with --model");
        assertThat(to).doesNotExist();
    }

    @Test
    void writesNothingInADryRun() {
        Path to = folder.resolve("nothing");

        assertThat(espalier.run("explore --model", MODEL, "--data", train, "--out", to, "--dry-run"))
                .isZero();
        assertThat(espalier.run("bench rsbench --model", MODEL, "--data", test, "--out", to, "--dry-run"))
                .isZero();
        assertThat(espalier.run("demo --out", to, "--dry-run")).isZero();
        assertThat(espalier.run("demo --family llava_next --out", to, "--dry-run"))
                .isZero();

        assertThat(espalier.out())
                .contains("Would explore 8 questions", "memory about", "time about", "greenhouse/model-llava_next");
        assertThat(to).doesNotExist();
    }

    @Test
    void asksAModelOnce() {
        Path picture = FIXTURE.resolve("image_0.png");

        espalier.done("chat --model", MODEL, "--image", picture, "--max-tokens 5 What is here?");
        assertThat(espalier.out()).isNotBlank();
    }

    @Test
    void listsWhatAModelHolds() {
        assertThat(espalier.run("model inspect", FIXTURE)).isZero();

        assertThat(espalier.out())
                .contains("Qwen2.5-VL", "303,328 in 93 tensors", "model.layers.N.mlp.up_proj.weight", "adapter");
    }

    @Test
    void refusesTheDemonstrationsRecipeBeforeAnythingIsDrawn() throws IOException {
        Path recipe = Files.writeString(folder.resolve("recipe.yaml"), "train:\n  lamda: 0.3\n");

        assertThat(espalier.run("demo --recipe", recipe, "--out", folder.resolve("demo")))
                .isEqualTo(2);
        assertThat(espalier.err()).contains("lamda");
        assertThat(folder.resolve("demo")).doesNotExist();
    }

    @Test
    void mergesAnAdapterSoThatOnlyItsTensorsChange() throws IOException {
        Path merged = folder.resolve("merged");

        assertThat(espalier.run(
                        "model merge", FIXTURE, "--adapter", FIXTURE.resolve("adapter"), "--out", merged, "--dry-run"))
                .isZero();
        assertThat(espalier.out()).contains("changes     21 tensors", "disk ", "memory ");
        assertThat(merged).doesNotExist();

        assertThat(espalier.run("model merge", FIXTURE, "--adapter", FIXTURE.resolve("adapter"), "--out", merged))
                .isZero();

        assertThat(espalier.out()).contains("Merged 21 tensors");
        assertThat(Sha256.of(merged.resolve("config.json"))).isEqualTo(Sha256.of(FIXTURE.resolve("config.json")));
        assertThat(Files.size(merged.resolve("model.safetensors")))
                .isEqualTo(Files.size(FIXTURE.resolve("model.safetensors")));
        assertThat(Sha256.of(merged.resolve("model.safetensors")))
                .isNotEqualTo(Sha256.of(FIXTURE.resolve("model.safetensors")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "config.json | 'mrope_section' : [ 4, | 'mrope_section' : [ -4, | a part of mrope_section is not a whole",
                "config.json | 'hidden_act' : 'silu' | 'hidden_act' : 'gelu' | hidden_act 'gelu' is not supported",
                "config.json | 'hidden_size' : 128 | 'hidden_size' : 0 | cannot be used: hidden_size is not a whole number",
                "config.json | 'image_token_id' : 1077 | 'image_token_id' : 5 | belong to different models",
                "config.json | 'num_hidden_layers' : 3 | 'num_hidden_layers' : 2 | which its config.json does not ask for",
                "config.json | 'depth' : 2 | 'depth' : 1 | .blocks.1.attn.proj.bias and ",
                "config.json | 'model_type' : 'qwen2_5_vl' | 'model_type' : 'llama' | of the type 'llama'",
                "preprocessor_config.json | 'merge_size' : 2 | 'merge_size' : 1 | belongs to another model",
                "preprocessor_config.json | 'temporal_patch_size' : 2 | 'temporal_patch_size' : 1 | belongs to another",
                "generation_config.json | 'temperature' : 0.5 | 'temperature' : 'x' | not a number",
                "generation_config.json | 'top_k' : 0 | 'top_k' : 0, 'num_beams' : 4 | wants num_beams 4, which is not computed here",
            })
    void refusesAModelFolderWhoseFilesDoNotFit(String file, String was, String now, String sentence)
            throws IOException {
        Path model = folder.resolve("model-" + Integer.toHexString((file + now).hashCode()));
        Files.createDirectories(model);
        for (String part : List.of(
                "config.json",
                "preprocessor_config.json",
                "generation_config.json",
                "tokenizer.json",
                "model.safetensors")) {
            Files.copy(MODEL.resolve(part), model.resolve(part));
        }
        String text = Files.readString(model.resolve(file));
        String changed = text.replaceFirst(Pattern.quote(quoted(was)), quoted(now));
        assertThat(changed).isNotEqualTo(text);
        Files.writeString(model.resolve(file), changed);

        int code = espalier.run("chat --model", model, "--image", FIXTURE.resolve("image_0.png"), "hello");

        assertThat(code).as(espalier.err()).isEqualTo(2);
        assertThat(espalier.err()).contains(sentence).hasLineCount(1);
    }

    @Test
    void aRefreshThatExploresOtherwiseIsTold() {
        Path explored = folder.resolve("explored-plainly");
        espalier.done("explore --examples 0 --model", MODEL, "--data", train, "--recipe", RECIPE, "--out", explored);
        List<Object> training = List.of(
                "train", "--dry-run", "--refresh", 1, "--model", MODEL, "--trees", explored, "--recipe", RECIPE);
        espalier.done(training, "--out", folder.resolve("trained-otherwise"));
        assertThat(espalier.out())
                .contains("explores again with other settings than")
                .contains("examples 2 instead of 0;");
        espalier.forget();
        espalier.done(training, "--examples 0 --out", folder.resolve("trained-alike"));
        assertThat(espalier.out()).doesNotContain("other settings");
    }

    @Test
    void aDryRunRefusesWhatTheRunWouldRefuse() {
        Path world = folder.resolve("world");
        assertThat(espalier.run("explore --dry-run --model", MODEL, "--data", train, "--out", world))
                .isEqualTo(2);
        assertThat(espalier.err()).contains(world + " holds what 'espalier greenhouse world' made");
        assertThat(espalier.run("demo --dry-run --model", MODEL, "--out", world))
                .isEqualTo(2);
        Path out = folder.resolve("never");
        assertThat(espalier.run("explore --dry-run --examples 20 --model", MODEL, "--data", train, "--out", out))
                .isEqualTo(2);
        assertThat(espalier.err()).contains("ask for fewer examples");
        assertThat(out).doesNotExist();
    }

    private static String quoted(String text) {
        return text.replace('\'', '"');
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "explore --model MODEL --data NONE --out OUT | there is no file NONE",
                "explore --model NONE --data TRAIN --out OUT | NONE",
                "explore --model MODEL --data TRAIN --out OUT --verifier anser | did you mean answer",
                "explore --model MODEL --data TRAIN --out OUT --temperature hot | 'temperature' is a number, not 'hot'",
                "explore --model MODEL --data TRAIN --out OUT --tempature 1 | did you mean --temperature",
                "train --method srbo --model MODEL --trees OUT --out OUT | 'method' is one of srpo, sft, dpo, orpo",
                "train --method srpo --model MODEL --trees NONE --out OUT | holds no trees.jsonl",
                "bench rsbnech --model MODEL --data TEST --out OUT | did you mean rsbench",
                "bench rsbench --model MODEL --data TEST --out OUT --adapter NONE | NONE",
                "explore --dry-run --model MODEL --data TRAIN --out OUT --adapter FIXTURE/adapter | has the shape [8, 160], but this model",
                "bench rsbench --dry-run --model MODEL --data TEST --out OUT --adapter FIXTURE/adapter | has the shape [8, 160], but this model",
                "chat --model MODEL --image NONE hello | NONE",
                "chat --model MODEL --max-tokens 0 hello | at least 1",
                "model inspect NONE | there is no folder NONE",
                "model merge FIXTURE --adapter FIXTURE --out OUT | adapter",
                "greenhouse world --out OUT --size trian=4 | did you mean train",
                "greenhouse world --out OUT --size train=3 | an even number",
                "report TRAIN --out OUT --questions -1 | --questions is at least 0, not -1",
                "chat --model FIXTURE/adapter hello | is not the folder of a model: it holds no config.json",
                "report NONE --out OUT | there is no folder NONE",
                "demo --family lava_next | did you mean llava_next",
                "demo --family llava_next --model MODEL --out OUT | is of the family qwen2_5_vl, not llava_next",
                "greenhouse grow --family qwen --out OUT | it is one of qwen2_5_vl, llava_next",
                "demo --model NONE --out OUT | NONE",
            })
    void saysInOneSentenceWhatIsWrong(String line, String sentence) {
        int code = espalier.run((Object[]) filled(line).split(" "));

        assertThat(code).as(espalier.err()).isEqualTo(2);
        assertThat(espalier.err()).contains(filled(sentence)).doesNotContain("\tat ");
        assertThat(folder.resolve("out/trees.jsonl")).doesNotExist();
    }

    private static String filled(String line) {
        return line.replace("MODEL", MODEL.toString())
                .replace("NONE", folder.resolve("none").toString())
                .replace("TRAIN", train.toString())
                .replace("TEST", test.toString())
                .replace("FIXTURE", FIXTURE.toString())
                .replace("OUT", folder.resolve("out").toString());
    }
}
