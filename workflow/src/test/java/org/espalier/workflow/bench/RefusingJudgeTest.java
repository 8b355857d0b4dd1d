package org.espalier.workflow.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.espalier.bench.judge.JudgeCall;
import org.espalier.bench.judge.JudgeForm;
import org.espalier.bench.judge.JudgePrompt;
import org.espalier.bench.judge.JudgeSession;
import org.espalier.bench.judge.Mishap;
import org.espalier.bench.judge.Reading;
import org.espalier.core.file.Json;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.workflow.internal.EndpointJudge;
import org.espalier.workflow.run.RunEndpoints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusingJudgeTest {
    private static final byte[] REFUSAL = """
        {"choices":[{"index":0,"message":{"role":"assistant","content":null,"refusal":"I cannot help with that."},
        "finish_reason":"stop"}],"usage":{"prompt_tokens":50,"completion_tokens":8,"total_tokens":58}}
        """.getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @Test
    void hasGivenNoVerdictAndIsToldOnceWhatIsWrong() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext("/", exchange -> {
            try (exchange) {
                calls.incrementAndGet();
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(200, REFUSAL.length);
                exchange.getResponseBody().write(REFUSAL);
            }
        });
        server.start();
        String base = "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
        List<EndpointPlan> plans = List.of(EndpointPlan.at(base, "m", Optional.empty()));
        try (RunEndpoints endpoints = RunEndpoints.in(folder, plans)) {
            JudgeForm form = JudgeForm.named("test-judge").number("score", 0, 3, "n");
            JudgeCall call = new JudgeCall(
                    new JudgePrompt("You judge.", form), Json.object().put("response", "whatever"), List.of());
            Reading reading = new JudgeSession(new EndpointJudge(endpoints.of(plans.getFirst())))
                    .put(List.of(new JudgeSession.Put("k", call)))
                    .getFirst();

            assertThat(reading).isEqualTo(new Reading.None(Mishap.NO_VERDICT, "it says: I cannot help with that."));
            assertThat(calls).hasValue(2);
        } finally {
            server.stop(0);
        }
    }
}
