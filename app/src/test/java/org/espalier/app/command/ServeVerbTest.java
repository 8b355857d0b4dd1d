package org.espalier.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.espalier.app.console.Console;
import org.espalier.core.Cut;
import org.espalier.core.Draw;
import org.espalier.core.Sampler;
import org.espalier.core.Sampling;
import org.espalier.core.Stem;
import org.espalier.core.Turn;
import org.espalier.core.file.Json;
import org.espalier.core.file.Sha256;
import org.espalier.model.generate.LocalModel;
import org.espalier.serve.ServerSettings;
import org.espalier.store.JournalEntry;
import org.espalier.store.Store;
import org.espalier.tensor.Device;
import org.espalier.tensor.PlacementChoice;
import org.espalier.workflow.serve.ModelServing;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ServeVerbTest {
    private static final Path MODEL =
            Path.of(System.getProperty("espalier.root")).resolve("greenhouse/model");

    @TempDir
    private static Path folder;

    private static ModelServing.Opened open;
    private static final Typed espalier = new Typed();

    @BeforeAll
    static void serve() {
        espalier.done(
                "greenhouse world --size train=8 --size validation=2 --size test-seen=8 --size test-combinations=2"
                        + " --size test-drawings=2 --out",
                folder.resolve("world"));
        open = new ModelServing(
                        MODEL,
                        Optional.of("garden"),
                        Map.of(),
                        ServerSettings.plain(),
                        Optional.empty(),
                        PlacementChoice.USUAL)
                .open(Map.of());
    }

    @AfterAll
    static void close() {
        open.close();
    }

    private static String base() {
        return open.server().base().toString();
    }

    @Test
    void benchThroughTheServerGivesTheAnswersOfTheModelInTheProcess() throws IOException {
        Path questions = folder.resolve("world/test-seen/ssui.jsonl");
        Path here = folder.resolve("here");
        Path there = folder.resolve("there");
        espalier.done("bench rsbench --decoding greedy --data", questions, "--model", MODEL, "--out", here);
        espalier.done(
                "bench rsbench --decoding greedy --data",
                questions,
                "--endpoint",
                base(),
                "--model-name garden --out",
                there);

        assertThat(answers(there)).isEqualTo(answers(here)).hasSizeGreaterThan(4);
    }

    private static List<JsonNode> answers(Path run) throws IOException {
        try (Stream<Path> files = Files.walk(run)) {
            Path file = files.filter(path -> path.endsWith("answers.jsonl"))
                    .findFirst()
                    .orElseThrow();
            return Files.readAllLines(file).stream()
                    .map(Json::parse)
                    .map(line -> line.path("text"))
                    .toList();
        }
    }

    /** Each draw is one request with a seed of its own. */
    @Test
    void exploreThroughTheServerDrawsWhatEachSeedGivesInTheProcess() throws IOException {
        Path out = folder.resolve("explored");
        espalier.done(
                "explore --endpoint",
                base(),
                "--model-name garden --continue-by prefill --trunk-attempts 2 --branch-samples 2 --max-tokens 120 --data",
                folder.resolve("world/train/ssui.jsonl"),
                "--out",
                out);

        Map<String, Path> pictures = new HashMap<>();
        try (Stream<Path> files = Files.walk(folder.resolve("world/train"))) {
            files.filter(Files::isRegularFile).forEach(file -> pictures.put("sha256:" + Sha256.of(file), file));
        }
        int continued = 0;
        try (Store store = Store.open("jdbc:sqlite:" + out.resolve("store.db"));
                LocalModel alone = LocalModel.open(MODEL, Optional.empty(), Device.CPU)) {
            for (JournalEntry entry : store.journal().beginning("")) {
                JsonNode asked = Json.parse(new String(entry.request(), StandardCharsets.UTF_8));
                JsonNode answered = Json.parse(new String(entry.response(), StandardCharsets.UTF_8));
                List<Turn> turns = turns(asked, pictures);
                String begun = turns.getLast().role() == Turn.Role.ASSISTANT
                        ? turns.removeLast().text()
                        : "";
                continued += begun.isEmpty() ? 0 : 1;
                assertThat(answered.at("/choices/0/message/content").asString())
                        .isEqualTo(drawn(alone, turns, begun, asked));
            }
        }
        assertThat(continued).isPositive();
    }

    private static String drawn(LocalModel alone, List<Turn> turns, String begun, JsonNode asked) {
        Sampling sampling = new Sampling(
                asked.path("temperature").doubleValue(),
                1,
                0,
                asked.path("max_tokens").intValue(),
                List.of(),
                asked.path("seed").longValue());
        Draw draw = new Draw(new Cut(0, begun.length()), 0, 0);
        return alone.sample(
                        List.of(new Sampler.Request("chat", turns, new Stem(begun, List.of()), List.of(draw))),
                        sampling)
                .getFirst()
                .getFirst()
                .text();
    }

    private static List<Turn> turns(JsonNode asked, Map<String, Path> pictures) {
        List<Turn> turns = new ArrayList<>();
        for (JsonNode message : asked.path("messages")) {
            List<Path> shown = new ArrayList<>();
            StringBuilder text = new StringBuilder(message.path("content").asString(""));
            for (JsonNode part : message.path("content").isArray() ? message.path("content") : Json.object()) {
                text.append(part.path("text").asString(""));
                String url = part.at("/image_url/url").asString("");
                if (!url.isEmpty()) {
                    shown.add(pictures.get(url.substring(url.indexOf("sha256:"))));
                }
            }
            turns.add(new Turn(
                    Turn.Role.valueOf(message.path("role").asString().toUpperCase(java.util.Locale.ROOT)),
                    shown,
                    text.toString()));
        }
        return turns;
    }

    @Test
    void servesUntilItIsStopped() {
        StringWriter out = new StringWriter();
        Console console = new Console(
                new PrintWriter(out),
                new PrintWriter(out),
                false,
                System::nanoTime,
                progress -> (name, done, total, note) -> {
                    throw new CancellationException();
                });
        int code = CommandLines.of(console, new PrintWriter(out), new PrintWriter(out), List.of(new ServeCommand()))
                .execute("serve", "--model", MODEL.toString(), "--port", "0");

        assertThat(code).isZero();
        assertThat(out.toString())
                .contains("Listening at http://127.0.0.1:", " as model;", "Closed; answered 0 requests");
    }

    @Test
    void saysWhatItWouldServeAndWhatIsWrong() {
        Typed typed = new Typed();
        typed.done("serve --dry-run --name ours --model", MODEL);
        assertThat(typed.out()).contains("Would serve ours on 127.0.0.1, port 8322.");
        for (List<String> wrong : List.of(
                List.of("--host 0.0.0.0", "have them show a key"),
                List.of("--host no.such.host.invalid", "there is no host"),
                List.of("--port 70000", "from 0 to 65535"),
                List.of("--port " + open.server().base().getPort(), "is taken"),
                List.of("--key-env ESPALIER_NO_SUCH_KEY", "is not set"),
                List.of("--adapter nonsense", "write NAME=DIR"),
                List.of("--adapter a=" + folder, "adapter_config.json"),
                List.of("--concurrency 0", "from 1 to 1024"),
                List.of("--max-body-mib 0", "from 1 to 1024"))) {
            Typed one = new Typed();
            assertThat(one.run("serve " + wrong.get(0) + " --model", MODEL))
                    .as(wrong.get(0))
                    .isEqualTo(2);
            assertThat(one.err()).contains(wrong.get(1));
        }
    }
}
