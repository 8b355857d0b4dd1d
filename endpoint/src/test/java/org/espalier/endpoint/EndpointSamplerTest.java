package org.espalier.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.espalier.core.Continuation;
import org.espalier.core.Cut;
import org.espalier.core.Draw;
import org.espalier.core.InputException;
import org.espalier.core.Sampler;
import org.espalier.core.Sampling;
import org.espalier.core.Stem;
import org.espalier.core.Turn;
import org.espalier.core.file.Json;
import org.espalier.endpoint.ScriptedServer.Reply;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.endpoint.plan.EndpointsFile;
import org.espalier.store.Store;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class EndpointSamplerTest {
    @TempDir
    Path folder;

    private static final Sampler.Request REQUEST = new Sampler.Request(
            "question",
            List.of(new Turn(Turn.Role.USER, List.of(), "Why?")),
            new Stem("First. Second.", List.of()),
            List.of(
                    Draw.whole(0),
                    new Draw(Cut.START, 1, 0),
                    new Draw(new Cut(0, 7), 2, 0),
                    new Draw(new Cut(0, 7), 2, 1)));

    @Test
    void eachDrawIsARequestThatGoesOnFromItsCut() throws Exception {
        try (ScriptedServer server = new ScriptedServer(n -> Reply.words(" words"));
                Store store = Store.inFolder(folder);
                Endpoints endpoints = Endpoints.open(file(server, "{prefill: native}"), store)) {
            Sampler sampler = new EndpointSampler(endpoints.named("it"), ContinuationMode.PREFILL);
            List<List<Continuation>> drawn = sampler.sample(List.of(REQUEST), Sampling.at(1, 20, 3));

            assertThat(drawn)
                    .singleElement()
                    .satisfies(four -> assertThat(four)
                            .extracting(Continuation::text)
                            .containsExactly(" words", " words", "words", "words"));
            List<JsonNode> bodies =
                    server.calls().stream().map(call -> Json.parse(call.body())).toList();
            assertThat(bodies).hasSize(4);
            assertThat(bodies).extracting(body -> body.path("seed").asInt()).doesNotHaveDuplicates();
            List<JsonNode> prefilled = bodies.stream()
                    .filter(body -> body.path("messages").size() == 2)
                    .toList();
            assertThat(prefilled).hasSize(2).allSatisfy(body -> {
                assertThat(body.path("messages").get(1).path("content").asString())
                        .isEqualTo("First.");
                assertThat(body.path("continue_final_message").asBoolean()).isTrue();
                assertThat(body.path("add_generation_prompt").asBoolean(true)).isFalse();
            });

            sampler.sample(List.of(REQUEST), Sampling.at(1, 20, 3));
            assertThat(server.calls()).hasSize(4);
        }
    }

    @Test
    void isRefusedWhereNoBeginningCanBeGiven() throws Exception {
        try (ScriptedServer server = new ScriptedServer(n -> Reply.words("x"));
                Store store = Store.inFolder(folder);
                Endpoints endpoints = Endpoints.open(file(server, "{prefill: none}"), store)) {
            assertThatThrownBy(() -> new EndpointSampler(endpoints.named("it"), ContinuationMode.PREFILL))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("prefill: native");
        }
    }

    @Test
    void anyServerCanBeAskedToGoOn() throws Exception {
        try (ScriptedServer server = new ScriptedServer(n -> Reply.words(" words"));
                Store store = Store.inFolder(folder);
                Endpoints endpoints = Endpoints.open(file(server, "{prefill: none}"), store)) {
            Sampler sampler = new EndpointSampler(endpoints.named("it"), ContinuationMode.TURN);
            assertThat(sampler.sample(List.of(REQUEST), Sampling.at(1, 20, 3)).getFirst())
                    .hasSize(4);
            List<JsonNode> asked = server.calls().stream()
                    .map(call -> Json.parse(call.body()))
                    .filter(body -> body.path("messages").size() > 1)
                    .toList();
            assertThat(asked).hasSize(2).allSatisfy(body -> {
                assertThat(body.path("messages").size()).isEqualTo(3);
                assertThat(body.path("messages").get(1).path("role").asString()).isEqualTo("assistant");
                assertThat(body.path("messages").get(1).path("content").asString())
                        .isEqualTo("First.");
                assertThat(body.path("messages").get(2).path("role").asString()).isEqualTo("user");
                assertThat(body.has("continue_final_message")).isFalse();
            });
        }
    }

    @Test
    void anAddressAndAModelAreEnoughForAnEndpoint() throws Exception {
        try (ScriptedServer server = new ScriptedServer(n -> Reply.words("Hello."));
                Store store = Store.inFolder(folder);
                Endpoints endpoints = Endpoints.open(
                        EndpointsFile.of(EndpointPlan.at(server.url() + "/", "m", Optional.empty())), store)) {
            EndpointRequest ask =
                    new EndpointRequest("l", REQUEST.conversation(), Sampling.at(0, 9, 1), 0, Optional.empty());

            assertThat(endpoints.of("judge").ask(ask)).isInstanceOf(EndpointAnswer.Said.class);
            assertThat(server.calls().getFirst().path()).isEqualTo("/v1/chat/completions");
        }
        for (String none : List.of("localhost:8000", "http://127.0.0.1:99999/v1")) {
            assertThatThrownBy(() -> EndpointPlan.at(none, "m", Optional.empty()))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("is no address");
        }
    }

    private EndpointsFile file(ScriptedServer server, String capabilities) throws Exception {
        Path file = folder.resolve("endpoints.yaml");
        Files.writeString(
                file,
                "endpoints:\n  it: {base-url: '" + server.url() + "', model: m, capabilities: " + capabilities + "}\n");
        return EndpointsFile.read(file, List.of());
    }
}
