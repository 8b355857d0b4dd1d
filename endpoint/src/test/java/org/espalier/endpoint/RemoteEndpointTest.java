package org.espalier.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import javax.imageio.ImageIO;
import org.espalier.core.ChatModel;
import org.espalier.core.InputException;
import org.espalier.core.Sampling;
import org.espalier.core.SurroundingsException;
import org.espalier.core.Turn;
import org.espalier.core.UnusableModelException;
import org.espalier.core.file.Json;
import org.espalier.core.file.OwnerOnly;
import org.espalier.core.file.Sha256;
import org.espalier.endpoint.ScriptedServer.Reply;
import org.espalier.endpoint.plan.EndpointsFile;
import org.espalier.endpoint.wire.AnswerSchema;
import org.espalier.endpoint.wire.Usage;
import org.espalier.store.JournalEntry;
import org.espalier.store.Store;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class RemoteEndpointTest {
    private static final String KEY = "sk-this-is-the-key-0123456789";
    private static final String PLAIN = "provider: openai-compatible";

    @TempDir
    Path folder;

    /** One endpoint at a server, over a store. */
    private final class Setting implements AutoCloseable {
        final ScriptedServer server;
        final Store store;
        final Endpoints endpoints;
        final Endpoint endpoint;

        Setting(String more, IntFunction<Reply> script) throws Exception {
            server = new ScriptedServer(script);
            OwnerOnly.file(folder.resolve("key"));
            Files.writeString(folder.resolve("key"), KEY + "\n");
            Path file = folder.resolve("endpoints.yaml");
            Files.writeString(file, """
                endpoints:
                  it:
                    base-url: %s
                    model: m
                    retries: 3
                    key-file: key
                    prices: {input: 1, cached-input: 0.5, output: 4}
                """.formatted(server.url()) + more.indent(4));
            store = Store.inFolder(folder);
            endpoints = Endpoints.open(EndpointsFile.read(file, List.of()), store);
            endpoint = endpoints.of("anything");
        }

        List<JournalEntry> entries() {
            List<JournalEntry> all = new ArrayList<>();
            store.journal().forEach(all::add);
            return all;
        }

        @Override
        public void close() {
            endpoints.close();
            store.close();
            server.close();
        }
    }

    private static EndpointRequest ask(String text) {
        return ask(text, 0);
    }

    private static EndpointRequest ask(String text, int sample) {
        return new EndpointRequest(
                "label",
                List.of(new Turn(Turn.Role.SYSTEM, List.of(), "Be brief."), new Turn(Turn.Role.USER, List.of(), text)),
                Sampling.at(0.5, 100, 7),
                sample,
                Optional.empty());
    }

    private EndpointRequest withPicture(String text) throws Exception {
        Path picture = folder.resolve("picture.png");
        Files.write(picture, png(100_001));
        return new EndpointRequest(
                "label",
                List.of(new Turn(Turn.Role.USER, List.of(picture), text)),
                Sampling.at(0, 50, 7),
                0,
                Optional.empty());
    }

    /** Noise, with blanks after its end to a length that base64 does not like. */
    private static byte[] png(int size) throws IOException {
        BufferedImage noise = new BufferedImage(180, 180, BufferedImage.TYPE_INT_RGB);
        noise.setRGB(0, 0, 180, 180, new SplittableRandom(7).ints(180 * 180).toArray(), 0, 180);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(noise, "png", out);
        return Arrays.copyOf(out.toByteArray(), size);
    }

    @Test
    void saysWhatTheServerSaysAndWhatItCost() throws Exception {
        try (Setting it = new Setting(PLAIN, n -> Reply.words("Yes."))) {
            EndpointAnswer.Said said = (EndpointAnswer.Said) it.endpoint.ask(ask("May I?"));

            assertThat(said.text()).isEqualTo("Yes.");
            assertThat(said.complete()).isTrue();
            assertThat(said.replayed()).isFalse();
            assertThat(said.usage()).isEqualTo(new Usage(1000, 100, 400));
            // 600 new tokens at 1, 400 cached at 0.5, 100 out at 4, each a million.
            assertThat(said.cost()).isEqualByComparingTo("0.0012");
            assertThat(it.endpoint.spent()).isEqualByComparingTo("0.0012");
            ScriptedServer.Call call = it.server.calls().getFirst();
            assertThat(call.protocol()).isEqualTo("HTTP/1.1");
            assertThat(call.headers()).doesNotContainKeys("Upgrade", "Http2-settings", "Expect");
            JsonNode body = Json.parse(call.body());
            assertThat(body.path("max_tokens").asInt()).isEqualTo(100);
            assertThat(body.path("temperature").asDouble()).isEqualTo(0.5);
            assertThat(body.path("seed").isIntegralNumber()).isTrue();
            assertThat(body.has("top_p")).isFalse();
        }
    }

    @Test
    void paysForNoAnswerTwice() throws Exception {
        try (Setting it = new Setting(PLAIN, n -> Reply.words("answer " + n))) {
            String first = ((EndpointAnswer.Said) it.endpoint.ask(ask("May I?"))).text();
            EndpointAnswer.Said again = (EndpointAnswer.Said) it.endpoint.ask(ask("May I?"));
            EndpointAnswer.Said another = (EndpointAnswer.Said) it.endpoint.ask(ask("May I?", 1));

            assertThat(again.text()).isEqualTo(first);
            assertThat(again.replayed()).isTrue();
            assertThat(again.usage()).isEqualTo(new Usage(1000, 100, 400));
            assertThat(another.text()).isEqualTo("answer 1");
            assertThat(it.server.calls()).hasSize(2);
            assertThat(Json.parse(it.server.calls().get(0).body()).path("seed"))
                    .isNotEqualTo(Json.parse(it.server.calls().get(1).body()).path("seed"));
        }
        try (Setting later = new Setting(PLAIN, n -> Reply.words("never asked"))) {
            assertThat(((EndpointAnswer.Said) later.endpoint.ask(ask("May I?"))).text())
                    .isEqualTo("answer 0");
            assertThat(later.server.calls()).isEmpty();
            assertThat(later.endpoint.spent()).isEqualByComparingTo("0.0024");
        }
    }

    @Test
    void equalAsksAtTheSameTimeAreOneCall() throws Exception {
        try (Setting it = new Setting(PLAIN, n -> {
            pause(100);
            return Reply.words("answer " + n);
        })) {
            List<ChatModel.Reply> replies = new EndpointChatModel(it.endpoint)
                    .reply(
                            java.util.Collections.nCopies(
                                    20,
                                    new ChatModel.Request("k", 0, ask("same").conversation())),
                            Sampling.at(0, 10, 1));

            assertThat(replies).containsOnly(new ChatModel.Reply.Said("answer 0", true));
            assertThat(it.server.calls()).hasSize(1);
        }
    }

    @Test
    void whatAContentFilterRefusesIsBlockedAndWhatElseIsRefusedHasFailed() throws Exception {
        for (String code : List.of("content_filter", "content_policy_violation", "invalid_prompt", "invalid_image")) {
            String body = "{\"error\":{\"code\":\"" + code + "\",\"message\":\"not this\"}}";
            try (Setting it = new Setting(PLAIN, n -> Reply.of(400, body))) {
                var request =
                        new ChatModel.Request("k", 0, ask("May I? " + code).conversation());
                ChatModel.Reply reply = new EndpointChatModel(it.endpoint)
                        .reply(List.of(request), Sampling.at(0, 10, 1))
                        .getFirst();

                if (code.equals("invalid_image")) {
                    assertThat(reply).isInstanceOf(ChatModel.Reply.Failed.class);
                } else {
                    assertThat(reply)
                            .isInstanceOfSatisfying(
                                    ChatModel.Reply.Blocked.class,
                                    blocked -> assertThat(blocked.reason()).contains("HTTP 400", "not this"));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        openai | content_filter | {"choices":[{"index":0,"message":{"role":"assistant","content":"One could"},"finish_reason":"content_filter"}]}
        openai-compatible | content_filter | {"choices":[{"index":0,"message":{"role":"assistant","content":""},"finish_reason":"content_filter"}]}
        gemini | SAFETY | {"promptFeedback":{"blockReason":"SAFETY"}}
        gemini | PROHIBITED_CONTENT | {"promptFeedback":{"blockReason":"PROHIBITED_CONTENT"}}
        gemini | SAFETY | {"candidates":[{"content":{"parts":[{"text":"One"}],"role":"model"},"finishReason":"SAFETY"}],"usageMetadata":{"promptTokenCount":5,"candidatesTokenCount":1,"totalTokenCount":6}}
        anthropic | refusal | {"id":"1","type":"message","role":"assistant","model":"m","content":[],"stop_reason":"refusal","usage":{"input_tokens":1,"output_tokens":1}}
        """)
    void whatAProvidersFilterBlocksIsBlockedAlsoWhereItComesAsAnAnswer(String provider, String word, String body)
            throws Exception {
        try (Setting it = new Setting("provider: " + provider, n -> Reply.of(200, body))) {
            var request = new ChatModel.Request("k", 0, ask("May I?").conversation());
            for (int times = 0; times < 2; times++) {
                assertThat(new EndpointChatModel(it.endpoint).reply(List.of(request), Sampling.at(0, 10, 1)))
                        .singleElement()
                        .isInstanceOfSatisfying(
                                ChatModel.Reply.Blocked.class,
                                blocked -> assertThat(blocked.reason()).contains("(" + word + ")"));
            }
            assertThat(it.server.calls()).as("the second is in the journal").hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        openai-compatible | {"choices":[{"index":0,"message":{"role":"assistant","reasoning_content":"Hm.","content":"Yes."},"finish_reason":"stop"}]}
        openai-compatible | {"choices":[{"index":0,"message":{"role":"assistant","reasoning":"Hm.","content":"Yes."},"finish_reason":"stop"}]}
        openai-compatible | {"choices":[{"index":0,"message":{"role":"assistant","content":"<think>\\nHm.\\n</think>\\nYes."},"finish_reason":"stop"}]}
        gemini | {"candidates":[{"content":{"parts":[{"text":"Hm.","thought":true},{"text":"Yes."}],"role":"model"},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":5,"candidatesTokenCount":1,"totalTokenCount":6}}
        anthropic | {"id":"1","type":"message","role":"assistant","model":"m","content":[{"type":"thinking","thinking":"Hm.","signature":"s"},{"type":"text","text":"Yes."}],"stop_reason":"end_turn","usage":{"input_tokens":1,"output_tokens":1}}
        """)
    void whatAProviderKeepsApartAsThinkingStandsBeforeTheAnswerInOneForm(String provider, String body)
            throws Exception {
        try (Setting it = new Setting("provider: " + provider, n -> Reply.of(200, body))) {
            var request = new ChatModel.Request("k", 0, ask("May I?").conversation());
            assertThat(new EndpointChatModel(it.endpoint).reply(List.of(request), Sampling.at(0, 10, 1)))
                    .containsExactly(new ChatModel.Reply.Said(
                            "<think" + (body.contains("<think>") ? "" : " apart") + ">\nHm.\n</think>\nYes.", true));
        }
    }

    @Test
    void sendsPicturesWholeAndKeepsTheirHashesAlone() throws Exception {
        try (Setting it = new Setting(PLAIN, n -> Reply.words("A picture."))) {
            it.endpoint.ask(withPicture("What is it? \u00e4\u00f6\u00fc \"\\"));

            JsonNode parts = Json.parse(it.server.calls().getFirst().body())
                    .path("messages")
                    .get(0)
                    .path("content");
            String url = parts.get(0).path("image_url").path("url").asString();
            assertThat(url).startsWith("data:image/png;base64,");
            byte[] sent = Base64.getDecoder().decode(url.substring(url.indexOf(',') + 1));
            assertThat(sent).isEqualTo(png(100_001));
            assertThat(parts.get(0).path("image_url").path("detail").asString()).isEqualTo("auto");
            assertThat(parts.get(1).path("text").asString()).isEqualTo("What is it? \u00e4\u00f6\u00fc \"\\");
            Turn shown = withPicture("What is it?").conversation().getFirst();
            it.endpoint.ask(new EndpointRequest(
                    "label",
                    List.of(new Turn(Turn.Role.USER, shown.images(), shown.text(), true)),
                    Sampling.at(0, 50, 7),
                    0,
                    Optional.empty()));
            JsonNode turned = Json.parse(it.server.calls().getLast().body())
                    .path("messages")
                    .get(0)
                    .path("content");
            assertThat(turned.get(0).path("type").asString()).as("text first").isEqualTo("text");
            assertThat(turned.get(1).path("type").asString()).isEqualTo("image_url");

            String kept = new String(it.entries().getFirst().request(), StandardCharsets.UTF_8);
            assertThat(kept).hasSizeLessThan(2000).contains("sha256:" + Sha256.of(png(100_001)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"429", "500", "503", "drop", "torn"})
    void triesAgainAfter(String fault) throws Exception {
        try (Setting it = new Setting(
                PLAIN,
                n -> n > 0
                        ? Reply.words("At last.")
                        : switch (fault) {
                            case "429" -> new Reply(429, "{}", Map.of("Retry-After", "1"));
                            case "drop" -> Reply.of(0, "");
                            case "torn" -> Reply.of(200, "{\"id\":\"1\",\"choi");
                            default -> Reply.of(Integer.parseInt(fault), "{\"error\":{\"message\":\"no\"}}");
                        })) {
            EndpointAnswer.Said said = (EndpointAnswer.Said) it.endpoint.ask(ask("May I?"));

            assertThat(said.text()).isEqualTo("At last.");
            assertThat(it.server.calls()).hasSize(2);
            if (fault.equals("torn")) {
                assertThat(it.entries())
                        .anySatisfy(
                                entry -> assertThat(entry.response()).asString().isEqualTo("{\"id\":\"1\",\"choi"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"77", "77.0"})
    void leavesALongWaitToWhoAsks(String retryAfter) throws Exception {
        try (Setting it = new Setting(PLAIN, n -> new Reply(429, "{}", Map.of("Retry-After", retryAfter)))) {
            EndpointAnswer.Failed failed = (EndpointAnswer.Failed) it.endpoint.ask(ask("May I?"));

            assertThat(failed.retryable()).isTrue();
            assertThat(failed.after()).isEqualTo(Duration.ofSeconds(77));
            assertThat(it.server.calls()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"detail\": \"Unexpected fields in the request: {'top_k', 'repetition_penalty'}\"}",
                "{\"error\": {\"message\": \"extra inputs are not permitted: top_k, repetition_penalty\"}}"
            })
    void aFieldThatTheServerDoesNotTakeEndsTheRunWithTheWordsThatTakeItAway(String body) throws Exception {
        try (Setting it = new Setting(PLAIN, n -> Reply.of(422, body))) {
            EndpointRequest request = ask("May I?");
            assertThatThrownBy(() -> it.endpoint.ask(request))
                    .isInstanceOf(UnusableModelException.class)
                    .hasMessageContaining("does not take top_k, repetition_penalty")
                    .hasMessageContaining("'omit: [top_k, repetition_penalty]'");
        }
    }

    @Test
    void aFaultThatStaysBecomesAFailureWithItsReason() throws Exception {
        try (Setting it = new Setting(
                PLAIN, n -> Reply.of(n % 2 == 0 ? 400 : 500, "{\"error\":{\"message\":\"bad " + KEY + "\"}}"))) {
            EndpointAnswer.Failed failed = (EndpointAnswer.Failed) it.endpoint.ask(ask("May I?"));

            assertThat(failed.retryable()).isFalse();
            assertThat(failed.reason()).isEqualTo("it refused: HTTP 400, bad ***");
            assertThat(failed.received()).hasSize(1);
            assertThat(failed.received().getFirst().status()).isEqualTo(400);
            assertThat(it.entries()).singleElement().satisfies(entry -> {
                assertThat(failed.received().getFirst().journalKey()).isEqualTo(entry.key());
                assertThat(failed.received().getFirst().body()).isEqualTo(new String(entry.response(), UTF_8));
                assertThat(new String(entry.response(), StandardCharsets.UTF_8))
                        .contains("bad ***")
                        .doesNotContain(KEY);
            });
        }
    }

    @Test
    void whatEveryTryBroughtIsKeptWhole() throws Exception {
        String body = "{\"error\":{\"message\":\"" + "long ".repeat(200) + "\"}}";
        try (Setting it = new Setting(PLAIN, n -> n == 1 ? Reply.of(200, "{\"id\":") : Reply.of(500, body))) {
            EndpointAnswer.Failed failed = (EndpointAnswer.Failed) it.endpoint.ask(ask("May I?"));

            assertThat(failed.retryable()).isTrue();
            assertThat(failed.received())
                    .extracting(EndpointAnswer.Kept::body)
                    .containsExactly(body, "{\"id\":", body, body);
            assertThat(it.endpoint.lastFailure())
                    .hasValueSatisfying(last -> assertThat(last).startsWith("it refused: HTTP 500, long"));
        }
    }

    @Test
    void theKeyIsSentAndNowhereElse() throws Exception {
        for (String provider : List.of("openai-compatible", "openai", "anthropic", "gemini")) {
            try (Setting it = new Setting("provider: " + provider, n -> Reply.of(400, "{\"error\":\"" + KEY + "\"}"))) {
                EndpointAnswer.Failed failed = (EndpointAnswer.Failed) it.endpoint.ask(ask("to " + provider));

                ScriptedServer.Call call = it.server.calls().getFirst();
                switch (provider) {
                    case "anthropic" -> {
                        assertThat(call.header("X-api-key")).isEqualTo(KEY);
                        assertThat(call.header("Anthropic-version")).isNotEmpty();
                    }
                    case "gemini" -> assertThat(call.header("X-goog-api-key")).isEqualTo(KEY);
                    default -> assertThat(call.header("Authorization")).isEqualTo("Bearer " + KEY);
                }
                assertThat(call.path() + call.body() + failed.reason()).doesNotContain(KEY);
                it.entries()
                        .forEach(entry -> assertThat(new String(entry.request(), StandardCharsets.UTF_8)
                                        + new String(entry.response(), StandardCharsets.UTF_8))
                                .doesNotContain(KEY));
            }
        }
    }

    @Test
    void speaksAnthropicsDialect() throws Exception {
        try (Setting it = new Setting("provider: anthropic", n -> Reply.of(200, """
            {"id":"1","type":"message","role":"assistant","model":"m","content":[{"type":"text","text":"Hm."}],
            "stop_reason":"max_tokens","usage":{"input_tokens":5,"output_tokens":2,"cache_read_input_tokens":3}}
            """))) {
            List<Turn> turns = new ArrayList<>(withPicture("Go on").conversation());
            turns.add(Turn.assistant("It begins"));
            EndpointAnswer.Said said = (EndpointAnswer.Said)
                    it.endpoint.ask(new EndpointRequest("l", turns, Sampling.at(0, 50, 7), 0, Optional.empty()));

            assertThat(said.text()).isEqualTo("Hm.");
            assertThat(said.complete()).isFalse();
            assertThat(said.usage()).isEqualTo(new Usage(8, 2, 3));
            JsonNode body = Json.parse(it.server.calls().getFirst().body());
            assertThat(it.server.calls().getFirst().path()).isEqualTo("/v1/messages");
            JsonNode picture =
                    body.path("messages").get(0).path("content").get(0).path("source");
            assertThat(Base64.getDecoder().decode(picture.path("data").asString()))
                    .isEqualTo(png(100_001));
            assertThat(body.path("messages").get(1).path("role").asString()).isEqualTo("assistant");
        }
    }

    @Test
    void speaksGeminisDialect() throws Exception {
        try (Setting it = new Setting("provider: gemini", n -> Reply.of(200, """
            {"candidates":[{"content":{"role":"model","parts":[{"text":"{}"}]},"finishReason":"STOP"}],
            "usageMetadata":{"promptTokenCount":5,"candidatesTokenCount":2,"totalTokenCount":7}}
            """))) {
            var schema = Json.object().put("type", "object");
            schema.putObject("properties").putObject("safe").put("type", "boolean");
            EndpointRequest ask = withPicture("Is it?");
            EndpointAnswer.Said said = (EndpointAnswer.Said) it.endpoint.ask(new EndpointRequest(
                    "l", ask.conversation(), ask.sampling(), 0, Optional.of(new AnswerSchema("check", schema))));

            assertThat(said.text()).isEqualTo("{}");
            assertThat(said.usage()).isEqualTo(new Usage(5, 2, 0));
            assertThat(it.server.calls().getFirst().path()).isEqualTo("/v1/models/m:generateContent");
            JsonNode body = Json.parse(it.server.calls().getFirst().body());
            JsonNode data = body.path("contents")
                    .get(0)
                    .path("parts")
                    .get(0)
                    .path("inlineData")
                    .path("data");
            assertThat(Base64.getDecoder().decode(data.asString())).isEqualTo(png(100_001));
            assertThat(body.path("generationConfig").path("responseMimeType").asString())
                    .isEqualTo("application/json");
            assertThat(body.path("generationConfig").path("seed").isIntegralNumber())
                    .isTrue();
        }
    }

    @Test
    void whatGeminiThinksIsNoPartOfItsAnswer() throws Exception {
        try (Setting it = new Setting("provider: gemini", n -> Reply.of(200, """
            {"candidates":[{"content":{"role":"model","parts":[{"text":"Let me see.","thought":true},{"text":"Yes."}]},
            "finishReason":"STOP"}],
            "usageMetadata":{"promptTokenCount":5,"candidatesTokenCount":2,"thoughtsTokenCount":4,"totalTokenCount":11}}
            """))) {
            EndpointAnswer.Said said = (EndpointAnswer.Said) it.endpoint.ask(ask("May I?"));

            assertThat(said.text()).isEqualTo("Yes.");
            assertThat(said.usage()).isEqualTo(new Usage(5, 6, 0));
            assertThat(Json.parse(it.server.calls().getFirst().body())
                            .path("generationConfig")
                            .has("thinkingConfig"))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        openai-compatible | I cannot help with that. | {"choices":[{"index":0,"message":{"role":"assistant","content":null,"refusal":"I cannot help with that."},"finish_reason":"stop"}],"usage":{"prompt_tokens":50,"completion_tokens":8,"total_tokens":58,"prompt_tokens_details":{"cached_tokens":3}}}
        openai | I cannot help with that. | {"choices":[{"index":0,"message":{"role":"assistant","content":null,"refusal":"I cannot help with that."},"finish_reason":"stop"}],"usage":{"prompt_tokens":50,"completion_tokens":8,"total_tokens":58,"prompt_tokens_details":{"cached_tokens":3}}}
        gemini | '' | {"promptFeedback":{"blockReason":"SAFETY"},"usageMetadata":{"promptTokenCount":50,"candidatesTokenCount":8,"cachedContentTokenCount":3,"totalTokenCount":58}}
        anthropic | '' | {"id":"1","type":"message","role":"assistant","model":"m","content":[],"stop_reason":"refusal","usage":{"input_tokens":47,"output_tokens":8,"cache_read_input_tokens":3}}
        anthropic | 'No' | {"id":"1","type":"message","role":"assistant","model":"m","content":[{"type":"text","text":"No"}],"stop_reason":"refusal","usage":{"input_tokens":47,"output_tokens":8,"cache_read_input_tokens":3}}
        """)
    void aRefusalIsAnAnswerAndPaidForAsItSays(String provider, String words, String body) throws Exception {
        try (Setting it = new Setting("provider: " + provider, n -> Reply.of(200, body))) {
            EndpointAnswer.Said said = (EndpointAnswer.Said) it.endpoint.ask(ask("May I?"));
            EndpointAnswer.Said again = (EndpointAnswer.Said) it.endpoint.ask(ask("May I?"));

            assertThat(said.text()).isEqualTo(words);
            assertThat(said.complete()).isTrue();
            assertThat(said.usage()).isEqualTo(new Usage(50, 8, 3));
            // 47 new tokens at 1, 3 cached at 0.5, 8 out at 4, each a million.
            assertThat(it.endpoint.spent()).isEqualByComparingTo("0.0000805");
            assertThat(again.replayed()).isTrue();
            assertThat(again.text()).isEqualTo(words);
            assertThat(again.usage()).isEqualTo(said.usage());
            assertThat(it.server.calls()).hasSize(1);
            assertThat(it.entries())
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.key()).isEqualTo(said.journalKey()));
            // What counts towards giving the server up is told as a failure.
            assertThat(it.endpoint.lastFailure()).isEmpty();
        }
    }

    @Test
    void asksForJsonByASchema() throws Exception {
        try (Setting it = new Setting(PLAIN, n -> Reply.words("{}"))) {
            var schema = Json.object().put("type", "object");
            it.endpoint.ask(new EndpointRequest(
                    "l",
                    ask("x").conversation(),
                    Sampling.at(0, 9, 1),
                    0,
                    Optional.of(new AnswerSchema("check", schema))));

            JsonNode format = Json.parse(it.server.calls().getFirst().body()).path("response_format");
            assertThat(format.path("json_schema").path("name").asString()).isEqualTo("check");
            assertThat(format.path("json_schema").path("strict").asBoolean()).isTrue();
        }
    }

    @Test
    void tellsWhatIsKnownOfAnAnswerToServersToWhichEachSchemaIsCheap() throws Exception {
        var schema = Json.object().put("type", "object");
        schema.putObject("properties").putObject("mark").put("type", "string");
        for (String json : List.of("schema-each", "schema")) {
            try (Setting it = new Setting(PLAIN + "\ncapabilities: {json: " + json + "}", n -> Reply.words("{}"))) {
                it.endpoint.ask(new EndpointRequest(
                        "l",
                        ask(json).conversation(),
                        Sampling.at(0, 9, 1),
                        0,
                        Optional.of(new AnswerSchema("check", schema, Map.of("mark", "abc", "other", "d")))));

                assertThat(Json.parse(it.server.calls().getFirst().body())
                                .at("/response_format/json_schema/schema/properties"))
                        .hasToString(
                                json.equals("schema")
                                        ? "{\"mark\":{\"type\":\"string\"}}"
                                        : "{\"mark\":{\"type\":\"string\",\"const\":\"abc\"}}");
            }
        }
    }

    @Test
    void neverCallsMoreThanAllowedAtOnce() throws Exception {
        try (Setting it = new Setting(PLAIN + "\nconcurrency: 3", n -> {
            pause(30);
            return Reply.words("x");
        })) {
            List<ChatModel.Request> requests = new ArrayList<>();
            for (int i = 0; i < 15; i++) {
                requests.add(new ChatModel.Request("k", i, ask("x").conversation()));
            }
            new EndpointChatModel(it.endpoint).reply(requests, Sampling.at(0, 10, 1));

            assertThat(it.server.calls()).hasSize(15);
            assertThat(it.server.mostAtOnce()).isEqualTo(3);
        }
    }

    @Test
    void stopsHardBeforeTheBudgetIsExceeded() throws Exception {
        // The first call is thought to cost at most 0.0005 or so and costs 0.0012, as the next one may then too.
        try (Setting it = new Setting(PLAIN + "\nbudget: 0.003", n -> Reply.words("x"))) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 10; i++) {
                            it.endpoint.ask(ask("x", i));
                        }
                    })
                    .isInstanceOf(SurroundingsException.class)
                    .hasMessageContaining("budget of endpoint it is used up")
                    .hasMessageContaining("of 0.003 are spent");
            assertThat(it.server.calls()).hasSize(2);
            assertThat(it.endpoint.spent()).isEqualByComparingTo(new BigDecimal("0.0024"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404})
    void endsTheRunWhereNoFurtherCallWouldHelp(int status) throws Exception {
        try (Setting it = new Setting(PLAIN, n -> Reply.of(status, "{\"error\":{\"message\":\"you: " + KEY + "\"}}"))) {
            assertThatThrownBy(() -> it.endpoint.ask(ask("x")))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("HTTP " + status)
                    .hasMessageNotContaining(KEY);
            assertThat(it.server.calls()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "429, over quota, insufficient_quota",
        "400, Your credit balance is too low to go on, invalid_request_error",
        "402, Payment required, ''"
    })
    void saysSoWhereTheAccountIsEmpty(int status, String message, String code) throws Exception {
        String body = "{\"error\":{\"message\":\"" + message + "\",\"code\":\"" + code + "\"}}";
        try (Setting it = new Setting(PLAIN, n -> Reply.of(status, body))) {
            assertThatThrownBy(() -> it.endpoint.ask(ask("x")))
                    .isInstanceOf(SurroundingsException.class)
                    .hasMessageContaining("no money left");
        }
    }

    @Test
    void knowsGeminisWordsForAWrongKey() throws Exception {
        try (Setting it = new Setting(
                "provider: gemini",
                n -> Reply.of(
                        400, "{\"error\":{\"code\":400,\"message\":\"API key not valid. Pass a valid one.\"}}"))) {
            assertThatThrownBy(() -> it.endpoint.ask(ask("x")))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("refuses its key");
        }
    }

    @Test
    void saysSoWhereNobodyListens() throws Exception {
        try (Setting it = new Setting(PLAIN, n -> Reply.words("x"))) {
            it.server.close();

            assertThatThrownBy(() -> it.endpoint.ask(ask("x")))
                    .isInstanceOf(SurroundingsException.class)
                    .hasMessageContaining("cannot be reached")
                    .hasMessageContaining("run the same command");
        }
    }

    @Test
    void refusesWhatTheProviderDoesNotTake() throws Exception {
        try (Setting it = new Setting(PLAIN, n -> Reply.words("x"))) {
            Path text = folder.resolve("not.png");
            Files.writeString(text, "words");
            EndpointRequest ask = new EndpointRequest(
                    "l",
                    List.of(new Turn(Turn.Role.USER, List.of(text), "?")),
                    Sampling.at(0, 9, 1),
                    0,
                    Optional.empty());

            assertThatThrownBy(() -> it.endpoint.ask(ask))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("is not a JPEG, PNG, WebP, GIF or BMP picture");
            assertThat(it.server.calls()).isEmpty();
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
