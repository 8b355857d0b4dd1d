package org.espalier.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;
import org.espalier.core.Continuation;
import org.espalier.core.Cut;
import org.espalier.core.Draw;
import org.espalier.core.InputException;
import org.espalier.core.Sampler;
import org.espalier.core.Sampling;
import org.espalier.core.Stem;
import org.espalier.core.Turn;
import org.espalier.core.file.Json;
import org.espalier.model.LoadedModel;
import org.espalier.model.decoder.Deltas;
import org.espalier.model.generate.LocalModel;
import org.espalier.model.lora.Adapter;
import org.espalier.model.lora.LoraSettings;
import org.espalier.serve.http.ListenSettings;
import org.espalier.serve.openai.AccessKey;
import org.espalier.tensor.Device;
import org.espalier.tensor.Scope;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ModelServerTest {
    private static final Path MODEL = Path.of(System.getProperty("espalier.root", ".."), "greenhouse/model");

    @TempDir
    private static Path folder;

    private static LoadedModel model;
    private static Adapter adapter;
    private static ModelServer server;
    private static Caller caller;

    @BeforeAll
    static void open() {
        model = LoadedModel.open(MODEL, Device.CPU);
        adapter = Adapter.fresh(new LoraSettings(4, 8, 0, List.of("all-linear")), model.config(), model.placement(), 2);
        try (PointerScope scope = new PointerScope()) {
            Scope.withoutGradients(() -> adapter.parameters()
                    .flat()
                    .copy_(torch.randn_like(adapter.parameters().flat()).mul_(new Scalar(0.1))));
        }
        server =
                ModelServer.start(model, "model", Map.of("tuned", adapter), settings(8, 64, 2 << 20), Optional.empty());
        caller = new Caller(server.base());
    }

    private static ServerSettings settings(int concurrency, int waiting, int maxBody) {
        return new ServerSettings(new ListenSettings("127.0.0.1", 0, 100, maxBody), concurrency, waiting, 200);
    }

    @AfterAll
    static void close() {
        server.close();
        adapter.close();
        model.close();
    }

    /** What the model draws in this process, without a server and without company. */
    private static List<Continuation> alone(
            Deltas deltas, List<Turn> turns, String begun, int draws, Sampling sampling) {
        try (LocalModel local = new LocalModel(model, deltas)) {
            List<Draw> all = new ArrayList<>();
            for (int i = 0; i < draws; i++) {
                all.add(new Draw(new Cut(0, begun.length()), 0, i));
            }
            return local.sample(
                            List.of(new Sampler.Request(ModelChat.KEY, turns, new Stem(begun, List.of()), all)),
                            sampling)
                    .getFirst();
        }
    }

    private static List<Turn> user(String words, Path... pictures) {
        return List.of(new Turn(Turn.Role.USER, List.of(pictures), words));
    }

    @Test
    void manyCallersAtOnceGetWhatEachSeedGivesAlone() throws Exception {
        List<Future<Caller.Answer>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 24; i++) {
                ObjectNode body = Caller.asked(i % 3 == 2 ? "tuned" : "model", "Question " + i + "?")
                        .put("seed", i)
                        .put("n", 1 + i % 2)
                        .put("max_tokens", 5 + i)
                        .put("temperature", 1);
                answers.add(threads.submit(() -> caller.ask(body)));
            }
        }
        for (int i = 0; i < answers.size(); i++) {
            List<Continuation> expected = alone(
                    i % 3 == 2 ? adapter : Deltas.NONE,
                    user("Question " + i + "?"),
                    "",
                    1 + i % 2,
                    Sampling.at(1, 5 + i, i));
            Caller.Answer answer = answers.get(i).get();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body().path("choices")).hasSize(expected.size());
            for (int choice = 0; choice < expected.size(); choice++) {
                assertThat(answer.text(choice)).isEqualTo(expected.get(choice).text());
                assertThat(answer.body()
                                .at("/choices/" + choice + "/finish_reason")
                                .asString())
                        .isEqualTo(expected.get(choice).end() == Continuation.End.LENGTH ? "length" : "stop");
            }
            assertThat(answer.body().at("/usage/completion_tokens").asInt())
                    .isEqualTo(expected.stream()
                            .mapToInt(one -> one.tokens().size())
                            .sum());
        }
    }

    @Test
    void continuesAnUnfinishedTurnAboutAPictureUpToAStop() throws Exception {
        Path picture = folder.resolve("picture.png");
        ImageIO.write(
                new java.awt.image.BufferedImage(56, 56, java.awt.image.BufferedImage.TYPE_INT_RGB),
                "png",
                picture.toFile());
        ObjectNode body = Caller.shown(picture, "Can I put it there?")
                .put("temperature", 0)
                .put("max_tokens", 60);
        body.withArray("messages").addObject().put("role", "assistant").put("content", "I see a cat and");
        body.put("stop", ".").put("continue_final_message", true).put("add_generation_prompt", false);

        Continuation expected = alone(
                        Deltas.NONE,
                        user("Can I put it there?", picture),
                        "I see a cat and",
                        1,
                        new Sampling(0, 1, 0, 60, List.of("."), 0))
                .getFirst();

        assertThat(expected.end()).isEqualTo(Continuation.End.STOPPED);
        assertThat(caller.ask(body).text()).isEqualTo(expected.text()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void streamsWhatItWouldAnswerAtOnce(boolean logprobs) throws Exception {
        ObjectNode body = Caller.asked("What now?").put("seed", 4).put("n", 2).put("max_tokens", 30);
        if (logprobs) {
            body.put("logprobs", true).put("top_logprobs", 2);
        }
        JsonNode whole = caller.ask(body).body();
        body.putObject("stream_options").put("include_usage", true);
        List<JsonNode> events = caller.events(body);

        for (int choice = 0; choice < 2; choice++) {
            StringBuilder text = new StringBuilder();
            List<JsonNode> told = new ArrayList<>();
            String end = "";
            for (JsonNode event : events) {
                JsonNode one = event.at("/choices/0");
                if (one.path("index").asInt(-1) == choice) {
                    text.append(one.at("/delta/content").asString(""));
                    one.at("/logprobs/content").forEach(told::add);
                    end = one.path("finish_reason").asString("");
                }
            }
            JsonNode same = whole.at("/choices/" + choice);
            assertThat(text).hasToString(same.at("/message/content").asString());
            assertThat(end).isEqualTo(same.path("finish_reason").asString());
            assertThat(told.stream().map(token -> token.path("token").asString()))
                    .containsExactlyElementsOf(same.at("/logprobs/content")
                            .valueStream()
                            .map(token -> token.path("token").asString())
                            .toList());
            assertThat(told).allMatch(token -> token.path("top_logprobs").size() == 2);
        }
        assertThat(events.getLast().path("choices")).isEmpty();
        assertThat(events.getLast().path("usage")).isEqualTo(whole.path("usage"));
    }

    @Test
    void listsItsModels() throws Exception {
        assertThat(caller.get("/models")
                        .body()
                        .path("data")
                        .valueStream()
                        .map(one -> one.path("id").asString()))
                .containsExactly("model", "tuned");
        assertThat(caller.get("/models/tuned").body().path("id").asString()).isEqualTo("tuned");
        assertThat(caller.get("/models/other").status()).isEqualTo(404);
    }

    @Test
    void holdsAnswersToASchemaAsTheirSeedsDrawThem() throws Exception {
        String wanted = """
                {"$defs": {"Verdict": {"enum": ["safe", "unsafe"], "title": "Verdict", "type": "string"}},
                  "type": "object", "required": ["verdict", "why", "steps", "from"], "additionalProperties": false, "properties": {
                  "verdict": {"$ref": "#/$defs/Verdict", "description": "how it is"},
                  "why": {"type": ["string", "null"], "maxLength": 12, "description": "in a few words"},
                  "steps": {"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": 2},
                  "sure": {"type": "boolean"},
                  "from": {"type": ["integer", "null"], "minimum": 7, "maximum": 12}}}""";
        List<Future<Caller.Answer>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 6; i++) {
                // The last two are the first two again; every other caller wants no schema.
                int seed = i % 4;
                JsonNode body = Json.parse(
                        seed % 2 == 1
                                ? with("\"seed\": " + seed + ", \"max_tokens\": 20")
                                : with(schema(wanted) + ", \"seed\": " + seed + ", \"n\": 2"));
                answers.add(threads.submit(() -> caller.ask(body)));
            }
        }
        for (int i = 0; i < 6; i += 2) {
            for (int choice = 0; choice < 2; choice++) {
                JsonNode answer = Json.parse(answers.get(i).get().text(choice));
                assertThat(answer.path("verdict").asString()).isIn("safe", "unsafe");
                assertThat(answer.path("why").asString("").length()).isBetween(0, 12);
                assertThat(answer.path("steps").size()).isBetween(1, 2);
                assertThat(answer.path("steps").valueStream()).allMatch(JsonNode::isIntegralNumber);
                assertThat(answer.propertyNames())
                        .startsWith("verdict", "why", "steps")
                        .isSubsetOf("verdict", "why", "steps", "sure", "from");
                assertThat(answer.path("from").asInt(7)).isBetween(7, 12);
            }
        }
        assertThat(answers.get(4).get().text(1)).isEqualTo(answers.get(0).get().text(1));
        Caller.Answer any = caller.ask(Json.parse(
                with("\"response_format\": {\"type\": \"json_object\"}, \"max_tokens\": 2, \"temperature\": 0")));
        assertThat(any.text()).startsWith("{");
    }

    @Test
    void refusesNonsenseInOneSentenceAndGoesOn() throws Exception {
        String user = "{\"role\": \"user\", \"content\": \"hello\"}";
        Map<String, String> refused = Map.ofEntries(
                Map.entry("", "The body is empty"),
                Map.entry("{{{", "is not JSON"),
                Map.entry("[1]", "must be a JSON object"),
                Map.entry("[".repeat(100_000), "is not JSON"),
                Map.entry("{\"model\": \"model\"}", "messages must be a list"),
                Map.entry("{\"model\": \"model\", \"messages\": []}", "messages must be a list"),
                Map.entry("{\"messages\": [" + user + "]}", "model must be"),
                Map.entry(with("\"frobnicate\": 1"), "does not know frobnicate"),
                Map.entry(with("\"tools\": [{}]"), "tools is not done"),
                Map.entry(with("\"presence_penalty\": 1"), "presence_penalty is not done"),
                Map.entry(with("\"response_format\": {\"type\": \"yaml\"}"), "response_format must be of type"),
                Map.entry(
                        with(schema("{\"type\": \"string\", \"pattern\": \"a+\"}")),
                        "json_schema.schema.pattern is not"),
                Map.entry(
                        with(schema("{\"type\": \"integer\", \"minimum\": 3}")),
                        "json_schema.schema.maximum must be a whole number: bounds stand in pairs"),
                Map.entry(
                        with(schema("{\"type\": \"integer\", \"minimum\": 0, \"maximum\": 2000000000}")),
                        "json_schema.schema.maximum must be a whole number: bounds stand in pairs"),
                Map.entry(with(schema("{\"$ref\": \"#\"}")), "$ref must name a schema of #/$defs/"),
                Map.entry(
                        with(schema("{\"$ref\": \"#/$defs/a\", \"$defs\": {\"a\": {\"type\": \"array\", \"items\":"
                                + " {\"$ref\": \"#/$defs/a\"}}}}")),
                        "#/$defs/a contains itself"),
                Map.entry(with(schema(doubling(14))), "must have at most 5000 parts, those that are meant included"),
                Map.entry(
                        with(schema("{\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"array\"}}}")),
                        "json_schema.schema.properties.a.items must be a schema"),
                Map.entry(with(schema("{\"type\": \"object\", \"additionalProperties\": true}")), "can be false alone"),
                Map.entry(with(schema("{\"enum\": [[1]]}")), "json_schema.schema.enum must be"),
                Map.entry(with(schema("true")), "json_schema.schema must be a schema"),
                // Of so many every one would be looked at, byte by byte, while all callers wait.
                Map.entry(
                        with(schema("{\"enum\": [" + "\"a\", ".repeat(6000) + "\"a\"]}")),
                        "json_schema.schema must have at most 5000 parts"),
                Map.entry(
                        with(schema("{\"const\": \"" + "a".repeat(200_000) + "\"}")),
                        "json_schema.schema must have at most 5000 parts"),
                Map.entry(
                        with(schema("{\"type\": \"object\", \"properties\": {\"1\": {\"type\": \"null\"}},"
                                + " \"required\": [1]}")),
                        "required must be a list of names"),
                Map.entry(
                        with(schema("{\"type\": \"null\"}"))
                                .replace("]}", ", {\"role\": \"assistant\", \"content\": \"{\"}]}"),
                        "is for whole answers"),
                Map.entry(with("\"n\": 9"), "decodes 8 answers at once"),
                Map.entry(with("\"n\": 1e99"), "n must be a whole number"),
                Map.entry(with("\"temperature\": -1"), "temperature must be a number from 0 to 2"),
                Map.entry(with("\"temperature\": \"hot\""), "temperature must be a number"),
                Map.entry(with("\"stop\": [\"\"]"), "stop must be"),
                Map.entry(with("\"seed\": 1.5"), "seed must be a whole number"),
                Map.entry(with("\"max_tokens\": 0"), "max_tokens must be"),
                Map.entry(with("\"top_logprobs\": 3"), "logprobs: true"),
                Map.entry(with("\"stream_options\": {}"), "belongs to stream"),
                Map.entry(with("\"continue_final_message\": true"), "needs the assistant's message"),
                Map.entry(messages("{\"role\": \"tool\", \"content\": \"x\"}"), "tools are not done"),
                Map.entry(messages("{\"role\": \"king\", \"content\": \"x\"}"), "messages[0].role must be"),
                Map.entry(messages("{\"role\": \"user\", \"content\": 5}"), "messages[0].content must be"),
                Map.entry(messages("{\"role\": \"user\", \"name\": \"x\", \"content\": \"x\"}"), "messages[0].name"),
                Map.entry(messages("{\"role\": \"system\", \"content\": \"x\"}"), "ends with what the user says"),
                Map.entry(messages(user.replace("hello", "word ".repeat(9000))), "leave no room for an answer"));
        for (Map.Entry<String, String> one : refused.entrySet()) {
            Caller.Answer answer = caller.post(one.getKey(), "");
            assertThat(answer.status()).as(one.getValue()).isEqualTo(400);
            assertThat(answer.error()).contains(one.getValue());
            assertThat(answer.body().at("/error/type").asString()).isEqualTo("invalid_request_error");
        }
        assertThat(caller.ask(Caller.asked("other", "hello"))
                        .body()
                        .at("/error/code")
                        .asString())
                .isEqualTo("model_not_found");
        assertThat(caller.ask(Caller.asked("hello").put("max_tokens", 2)).status())
                .isEqualTo(200);
    }

    /** One caller's schema is no other's harm. */
    @Test
    void aSchemaOfManyMembersThatMayBeLeftOutIsAnsweredAndSoIsWhoeverComesAfter() throws Exception {
        String members = IntStream.range(0, 2000)
                .mapToObj(i -> "\"p" + i + "\": {\"type\": \"null\"}")
                .collect(Collectors.joining(", "));
        String asked = with(schema("{\"type\": \"object\", \"properties\": {" + members + "}}"))
                .replaceFirst("\\{", "{\"max_tokens\": 2, ");
        Caller.Answer answer = caller.post(asked, "");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().at("/choices/0/message/content").asString()).startsWith("{");
        assertThat(caller.ask(Caller.asked("hello").put("max_tokens", 2)).status())
                .isEqualTo(200);
    }

    /** Each of these names the next one twice. */
    private static String doubling(int depth) {
        String members = IntStream.range(0, depth)
                .mapToObj(i -> "\"s" + i + "\": {\"anyOf\": [{\"$ref\": \"#/$defs/s" + (i + 1)
                        + "\"}, {\"$ref\": \"#/$defs/s" + (i + 1) + "\"}]}, ")
                .collect(Collectors.joining());
        return "{\"$ref\": \"#/$defs/s0\", \"$defs\": {" + members + "\"s" + depth + "\": {\"type\": \"null\"}}}";
    }

    private static String schema(String schema) {
        return "\"response_format\": {\"type\": \"json_schema\", \"json_schema\": {\"name\": \"it\", \"schema\": "
                + schema + "}}";
    }

    private static String with(String field) {
        return "{" + field + ", "
                + messages("{\"role\": \"user\", \"content\": \"hello\"}").substring(1);
    }

    private static String messages(String messages) {
        return "{\"model\": \"model\", \"messages\": [" + messages + "]}";
    }

    @Test
    void refusesWhatIsNoPicture() throws Exception {
        String noise = Base64.getEncoder().encodeToString("no picture at all".getBytes(StandardCharsets.UTF_8));
        for (String url : List.of(
                "https://example.org/a.png",
                "data:image/png;base64,",
                "data:image/png;base64,!!!",
                "data:text/plain;base64," + noise,
                "data:image/png," + noise,
                "data:image/png;base64," + noise)) {
            Caller.Answer answer = caller.ask(Caller.shown(url, "What is it?"));
            assertThat(answer.status()).as(url).isEqualTo(400);
            assertThat(answer.error()).doesNotContain(System.getProperty("java.io.tmpdir"));
        }
        assertThat(caller.ask(Caller.asked("x".repeat(3 << 20))).status()).isEqualTo(413);
    }

    @Test
    void wantsItsKeyAndNothingOfIt() throws Exception {
        assertThatThrownBy(() -> ModelServer.start(
                        model,
                        "model",
                        Map.of(),
                        new ServerSettings(new ListenSettings("0.0.0.0", 0, 10, 1000), 1, 1, 1),
                        Optional.empty()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--key-env");
        AccessKey key = AccessKey.inVariable("K", Map.of("K", "open-sesame"));
        try (ModelServer locked =
                ModelServer.start(model, "model", Map.of(), settings(1, 1, 1 << 20), Optional.of(key))) {
            Caller there = new Caller(locked.base());
            String body = Json.line(Caller.asked("hello").put("max_tokens", 1));
            assertThat(there.post(body, "").status()).isEqualTo(401);
            assertThat(there.post(body, "open-sesam").body().at("/error/code").asString())
                    .isEqualTo("invalid_api_key");
            assertThat(there.get("/models").status()).isEqualTo(401);
            assertThat(there.post(body, "open-sesame").status()).isEqualTo(200);
        }
    }

    @Test
    void whoLeavesFreesThePlaceForTheNext() throws Exception {
        try (ModelServer narrow =
                ModelServer.start(model, "model", Map.of(), settings(8, 8, 1 << 20), Optional.empty())) {
            Caller there = new Caller(narrow.base());
            assertThat(there.get("/models").status()).isEqualTo(200);
            // Ends are in the prompt, so that the penalty keeps them away: some of eight answers are long.
            ObjectNode lengthy =
                    Caller.asked("hello").put("max_tokens", 3000).put("n", 8).put("seed", 1);
            lengthy.put("repetition_penalty", 100);
            for (int way = 0; way < 4; way++) {
                boolean stream = way % 2 == 0;
                int answered = way;
                await(() -> narrow.answered() == answered);
                String body = Json.line(lengthy.put("stream", stream));
                // A further request that waits does not hide that its caller has left.
                Socket socket = way < 2 ? send(narrow, body) : send(narrow, body, body);
                if (stream) {
                    assertThat(socket.getInputStream().readNBytes(400)).hasSize(400);
                } else {
                    await(() -> narrow.open() == 1);
                }
                socket.close();
                await(() -> narrow.open() == 0);
                assertThat(narrow.answered()).isEqualTo(answered);
                assertThat(there.ask(Caller.asked("and me?")
                                        .put("max_tokens", 2)
                                        .put("n", 8))
                                .status())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void refusesWhomItHasNoRoomFor() throws Exception {
        try (ModelServer narrow =
                        ModelServer.start(model, "model", Map.of(), settings(1, 0, 1 << 20), Optional.empty());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Caller there = new Caller(narrow.base());
            List<Future<Caller.Answer>> answers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                answers.add(threads.submit(() -> there.ask(Caller.asked("hello").put("max_tokens", 100))));
            }
            List<Integer> statuses = new ArrayList<>();
            for (Future<Caller.Answer> answer : answers) {
                statuses.add(answer.get().status());
            }
            assertThat(statuses).contains(200, 429).allMatch(status -> status == 200 || status == 429);
        }
    }

    @Test
    void answersRequestsThatComeBeforeTheAnswerToTheFirst() throws Exception {
        try (Socket socket = send(
                server,
                Json.line(Caller.asked("hello").put("max_tokens", 2).put("stream", true)),
                Json.line(Caller.asked("hello").put("max_tokens", 3)))) {
            socket.getOutputStream()
                    .write("GET /v1/models HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answers.split("HTTP/1.1 ", -1))
                    .satisfiesExactly(
                            before -> assertThat(before).isEmpty(),
                            first -> assertThat(first).startsWith("200").contains("data: [DONE]"),
                            second -> assertThat(second).startsWith("200").contains("\"completion_tokens\":3"),
                            third -> assertThat(third).startsWith("200").contains("tuned"));
        }
    }

    private static Socket send(ModelServer to, String... bodies) throws IOException {
        Socket socket = new Socket("127.0.0.1", to.base().getPort());
        for (String body : bodies) {
            socket.getOutputStream()
                    .write(
                            ("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                            + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                                    .getBytes(StandardCharsets.US_ASCII));
        }
        return socket;
    }

    private static void await(java.util.function.BooleanSupplier state) throws InterruptedException {
        for (int i = 0; i < 100_000 && !state.getAsBoolean(); i++) {
            Thread.sleep(2);
        }
        assertThat(state.getAsBoolean()).isTrue();
    }

    @Test
    void answersWhatIsNoHttpAndForeignNames() throws Exception {
        assertThat(raw("nonsense\r\n\r\n")).startsWith("HTTP/1.1 400").contains("\"error\"");
        assertThat(raw("GET /v1/models HTTP/1.1\r\nHost: " + "x".repeat(40_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431");
        assertThat(raw("GET /v1/models HTTP/1.1\r\nHost: rebound.example:1\r\n\r\n"))
                .startsWith("HTTP/1.1 403");
        assertThat(raw("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
                        + "Content-Length: 2\r\n\r\n{}"))
                .startsWith("HTTP/1.1 415");
        String json = "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
        assertThat(raw(json + "Content-Length: 50\r\n\r\n{"))
                .startsWith("HTTP/1.1 400")
                .contains("cut off");
        assertThat(raw(json + "Transfer-Encoding: chunked\r\n\r\nzz\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("chunks");
        assertThat(raw("GET /v1/models HTTP/1.0\r\nHost: localhost\r\n\r\n"))
                .contains("200 OK")
                .contains("tuned");
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.base().getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void leavesNoPictureBehind() throws Exception {
        Path picture = folder.resolve("other.png");
        ImageIO.write(
                new java.awt.image.BufferedImage(28, 28, java.awt.image.BufferedImage.TYPE_INT_RGB),
                "png",
                picture.toFile());
        long before = shelves();
        try (ModelServer brief =
                ModelServer.start(model, "model", Map.of(), settings(1, 1, 1 << 20), Optional.empty())) {
            assertThat(shelves()).isEqualTo(before + 1);
            assertThat(new Caller(brief.base())
                            .ask(Caller.shown(picture, "What?").put("max_tokens", 1))
                            .status())
                    .isEqualTo(200);
        }
        assertThat(shelves()).isEqualTo(before);
    }

    private static long shelves() throws IOException {
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.filter(path -> path.getFileName().toString().startsWith("espalier-serve"))
                    .filter(Files::isDirectory)
                    .count();
        }
    }
}
