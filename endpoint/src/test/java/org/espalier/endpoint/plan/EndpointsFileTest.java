package org.espalier.endpoint.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.espalier.core.InputException;
import org.espalier.endpoint.wire.Capabilities;
import org.espalier.endpoint.wire.Provider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointsFileTest {
    private static final List<String> AGENTS = List.of("query", "check", "summary", "safety");

    @TempDir
    Path folder;

    private EndpointsFile read(String yaml) throws IOException {
        Path file = folder.resolve("endpoints.yaml");
        Files.writeString(file, yaml);
        return EndpointsFile.read(file, AGENTS);
    }

    /** Each entry of the guide for servers that others run. */
    @Test
    void readsTheEntriesOfTheGuide() throws IOException {
        String guide = Files.readString(
                Path.of(System.getProperty("espalier.root", "..")).resolve("docs/endpoints.md"));
        String part = guide.substring(guide.indexOf("## Servers that others run"));
        String yaml = part.substring(part.indexOf("```yaml\n") + 8);
        EndpointsFile file = EndpointsFile.read(
                Files.writeString(folder.resolve("endpoints.yaml"), yaml.substring(0, yaml.indexOf("```"))), List.of());

        assertThat(file.endpoints()).containsOnlyKeys("vllm", "sglang", "llama-cpp", "ollama", "transformers");
        assertThat(file.endpoints().get("vllm").capabilities().prefill()).isEqualTo(Capabilities.Prefill.NATIVE);
        assertThat(file.endpoints().get("transformers").omit())
                .containsExactlyInAnyOrder("top_k", "repetition_penalty");
    }

    @Test
    void readsEverythingThatCanBeSaid() throws IOException {
        EndpointsFile file = read("""
            endpoints:
              vllm:
                base-url: http://127.0.0.1:8000/v1/
                model: Qwen/Qwen2.5-VL-7B-Instruct
                key-env: VLLM_KEY
                concurrency: 256
                requests-a-minute: 5000
                tokens-a-minute: 2000000
                timeout: 300
                connect-timeout: 5
                retries: 2
                omit: [temperature]
                extra:
                  chat_template_kwargs: {enable_thinking: false}
                  min_p: 0.1
                capabilities: {pictures: true, seed: false, logprobs: true, json: object, prefill: native}
              claude:
                provider: anthropic
                model: some-model
                key-file: claude.key
                budget: 25.00
                prices: {input: 3, output: 15.5}
            agents:
              default: vllm
              check: claude
            """);

        EndpointPlan vllm = file.endpointOf("query");
        assertThat(vllm.baseUrl()).isEqualTo("http://127.0.0.1:8000/v1");
        assertThat(vllm.provider()).isEqualTo(Provider.OPENAI_COMPATIBLE);
        assertThat(vllm.limits())
                .isEqualTo(new Limits(
                        256,
                        OptionalLong.of(5000),
                        OptionalLong.of(2_000_000),
                        Optional.empty(),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(300),
                        2));
        assertThat(vllm.key()).isEqualTo(new KeySource.Variable("VLLM_KEY"));
        assertThat(vllm.extra())
                .isEqualTo(Map.of("chat_template_kwargs", Map.of("enable_thinking", false), "min_p", 0.1));
        assertThat(vllm.capabilities())
                .isEqualTo(new Capabilities(
                        true, false, true, Capabilities.JsonOutput.OBJECT, Capabilities.Prefill.NATIVE));
        EndpointPlan claude = file.endpointOf("check");
        assertThat(claude.baseUrl()).isEqualTo("https://api.anthropic.com/v1");
        assertThat(claude.key()).isEqualTo(new KeySource.File(folder.resolve("claude.key")));
        assertThat(claude.limits().budget()).contains(new BigDecimal("25.00"));
        assertThat(claude.prices().cached()).isEqualByComparingTo("3");

        // As another process is told of it.
        EndpointsFile told = EndpointsFile.parse(file.text());
        assertThat(told.endpoints()).isEqualTo(file.endpoints());
        assertThat(EndpointsFile.parse(told.text()).text()).isEqualTo(told.text());
    }

    @Test
    void doesNotTellOtherProcessesOfWhatIsItsOwn() throws IOException {
        EndpointsFile batches = read("""
            endpoints:
              openai: {provider: openai, model: m, batch: true}
            """);
        assertThatThrownBy(batches::text).isInstanceOf(InputException.class).hasMessageContaining("asked in batches");

        EndpointsFile checkpoint = read("""
            endpoints:
              own: {provider: local, model: folder}
            """);
        assertThatThrownBy(checkpoint::text).isInstanceOf(InputException.class).hasMessageContaining("espalier serve");
    }

    @Test
    void namesEveryProblemWithItsLine() {
        assertThatThrownBy(() -> read("""
            endpoints:
              one:
                provider: opanai
                base-url: localhost
                model: m
                concurency: 3
                api-key: sk-12345
                budget: 5
                timeout: soon
              two:
                model: m
                base-url: http://u:p@host/v1
            agents:
              query: three
            """))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll(
                        "line 3: 'provider' is one of openai-compatible, openai, anthropic, gemini, local, not"
                                + " 'opanai'",
                        "line 4: 'base-url' is no address",
                        "line 6: 'concurency' is no setting of an endpoint",
                        "line 7: 'api-key' may not stand in this file",
                        "line 8: 'budget' can only be kept where 'prices'",
                        "line 9: 'timeout' is a whole number from 1 to 7200, not 'soon'",
                        "line 12: 'base-url' holds a user",
                        "line 14: 'query' names 'three', which is none of the endpoints one, two")
                .hasMessageNotContaining("sk-12345");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api_key: abc",
                "Api-Key: abc",
                "password: abc",
                "nested: {deeper: [{client_secret: abc}]}",
                "headers: {Authorization: abc}",
                "headers: {x: 'Bearer abcdefghijkl'}",
                "anything: [sk-abcdefghijklmnopqrst]",
                "access_token: abc"
            })
    void aKeyIsRefusedHoweverDeepAndWhateverItsName(String extra) {
        assertThatThrownBy(() -> read("""
            endpoints:
              one:
                model: m
                base-url: http://host/v1
                extra: {%s}
            """.formatted(extra)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 5: '")
                .hasMessageContaining("may not stand in this file")
                .hasMessageNotContainingAny("abc");
    }

    @Test
    void otherWordsOfExtraAreNoKeys() throws IOException {
        assertThat(read("""
            endpoints:
              one:
                model: hf-internal-testing/tiny-random
                base-url: http://host/v1
                extra: {stop_token_ids: [1, 2], max_tokens_to_keep: 3, chat_template_kwargs: {key_size: 4}}
            """).endpoints()).hasSize(1);
    }

    @Test
    void aListThatHoldsItselfIsRefusedWithItsLine() {
        assertThatThrownBy(() -> read("""
            endpoints:
              one:
                model: m
                base-url: http://host/v1
                extra: &a {x: *a}
            """))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("endpoints.yaml:5 holds itself");
    }

    @Test
    void namesOfNamesThatWouldUnfoldToGigabytesAreRefused() {
        StringBuilder doubling = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 40; i++) {
            doubling.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        assertThatThrownBy(() -> read("""
            endpoints:
              one:
                model: m
                base-url: http://host/v1
                extra:
            """ + doubling.toString().indent(6)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("the same lists or tables again (with *) more than 10 times");
    }

    @Test
    void agentsMayHaveSettingsOfTheirOwn() throws IOException {
        EndpointsFile file = read("""
            endpoints:
              a: {base-url: 'http://h/v1', model: m}
              b: {base-url: 'http://h/v1', model: m}
            agents:
              default: a
              query: {temperature: 1.1, prompt: prompts/query.md}
              check: {endpoint: b, temperature: 0, max-tokens: 300}
            """);

        assertThat(file.endpointOf("query").name()).isEqualTo("a");
        assertThat(file.settings("query"))
                .isEqualTo(new RoleSettings(
                        Optional.empty(),
                        OptionalDouble.of(1.1),
                        OptionalInt.empty(),
                        Optional.of(folder.resolve("prompts/query.md"))));
        assertThat(file.endpointOf("check").name()).isEqualTo("b");
        assertThat(file.settings("check").maxTokens()).hasValue(300);
        assertThat(file.settings("summary")).isEqualTo(RoleSettings.NONE);
    }

    @Test
    void namesThatNoAgentHasAreRefusedWithTheNearest() {
        assertThatThrownBy(() -> read("""
            endpoints:
              a: {base-url: 'http://h/v1', model: m}
            agents:
              chek: a
              query: {temprature: 1, temperature: 3}
              judge: {temperature: 1}
              summary: {endpoint: c}
            """))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll(
                        "line 4: 'chek' is no agent: it is one of ",
                        "did you mean check",
                        "line 5: 'temprature' is no setting of an agent",
                        "did you mean temperature",
                        "line 5: 'temperature' is a number from 0.0 to 2.0, not '3'",
                        "line 6: 'judge' takes the name of an endpoint alone",
                        "line 7: 'endpoint' names 'c', which is none of the endpoints a");
    }

    @Test
    void oneEndpointServesAllAgents() throws IOException {
        EndpointsFile file = read("endpoints:\n  only: {base-url: 'http://h/v1', model: m}\n");

        assertThat(file.endpointOf("judge").name()).isEqualTo("only");
    }

    @Test
    void whichEndpointIsMeantMustBeSaidWhereThereAreSeveral() throws IOException {
        EndpointsFile file = read("""
            endpoints:
              a: {base-url: 'http://h/v1', model: m}
              b: {base-url: 'http://h/v1', model: m}
            agents: {query: a}
            """);

        assertThatThrownBy(() -> file.endpointOf("judge"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("names no endpoint for 'judge'");
    }
}
