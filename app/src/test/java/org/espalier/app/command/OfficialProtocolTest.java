package org.espalier.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.espalier.bench.run.AnswerLine;
import org.espalier.bench.run.Result;
import org.espalier.bench.run.ResultFigure;
import org.espalier.core.file.Json;
import org.espalier.greenhouse.serve.PlayedServer;
import org.espalier.greenhouse.serve.ServeSettings;
import org.espalier.greenhouse.world.WorldFile;
import org.espalier.store.JournalEntry;
import org.espalier.store.Store;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Benchmarks as their published programs run them, against a judge that keeps to their forms. */
class OfficialProtocolTest {
    @TempDir
    private Path folder;

    private final Typed espalier = new Typed();

    private void drawn() {
        espalier.done(
                "greenhouse world --benchmarks --size test-seen=16 --size train=2 --size validation=2"
                        + " --size test-combinations=2 --size test-drawings=2 --out",
                folder.resolve("world"));
    }

    private Result measured(PlayedServer server, String name, String data, Path out, Object... more) {
        espalier.done(
                "bench",
                name,
                "--limit 6 --data",
                folder.resolve("world/benchmarks").resolve(data),
                "--judge",
                server.base(),
                "--judge-model greenhouse --out",
                out,
                List.of(more));
        return Result.read(out.resolve(Result.FILE));
    }

    /** Those that judges were asked at. */
    private static Set<Double> temperatures(Path run) {
        Set<Double> all = new HashSet<>();
        try (Store store = Store.open("jdbc:sqlite:" + run.resolve("store.db"))) {
            for (JournalEntry entry : store.journal().beginning("")) {
                JsonNode asked = Json.parse(new String(entry.request(), StandardCharsets.UTF_8));
                if (asked.toString().contains("<answer>") || asked.toString().contains("mark")) {
                    all.add(asked.path("temperature").asDouble(Double.NaN));
                }
            }
        }
        return all;
    }

    @Test
    void everyJudgesFormIsAskedForAndReadAndGivesTheFiguresOfOurs() throws IOException {
        drawn();
        try (PlayedServer server = PlayedServer.start(ServeSettings.plain(), WorldFile.load())) {
            List<Object> asked = List.of("--endpoint", server.base(), "--model-name", "greenhouse");
            for (String name :
                    List.of("usb", "mssbench", "safebench", "vlsbench", "siuo", "mossbench", "mm-safetybench")) {
                Path ours = folder.resolve(name + "-ours");
                Path theirs = folder.resolve(name + "-theirs");
                Result one = measured(server, name, name, ours, asked.toArray());
                Result other = measured(server, name, name, theirs, "--protocol", "official", "--answers", ours);
                assertThat(other.counts().failed()).as(name).isZero();
                assertThat(other.protocol().path("convention").asString()).isEqualTo("official");
                assertThat(other.headlines())
                        .extracting(ResultFigure::key, ResultFigure::value)
                        .isEqualTo(one.headlines().stream()
                                .map(it -> org.assertj.core.groups.Tuple.tuple(it.key(), it.value()))
                                .toList());
            }
            assertThat(Result.read(folder.resolve("vlsbench-theirs").resolve(Result.FILE))
                            .protocol()
                            .path("judge_tokens")
                            .path("vlsbench-judge")
                            .asInt())
                    .isEqualTo(128);
            Path mss = folder.resolve("mssbench-theirs");
            assertThat(Result.read(mss.resolve(Result.FILE))
                            .protocol()
                            .at("/judge_temperature/mssbench-judge")
                            .asDouble())
                    .isEqualTo(1);
            assertThat(temperatures(mss)).as("left to OpenAI's servers").containsOnly(1.0);
            assertThat(temperatures(folder.resolve("mssbench-ours"))).containsOnly(0.0);
            espalier.done("bench agreement", folder.resolve("siuo-theirs"), "--against", folder.resolve("siuo-ours"));
            assertThat(espalier.out()).contains("safe: agreement 100.0 %", "effective: agreement 100.0 %");
            Path agents = folder.resolve("agents");
            Result prepared = measured(server, "mssbench-agents", "mssbench", agents, asked.toArray());
            assertThat(prepared.counts().failed()).isZero();
            assertThat(Files.readString(agents.resolve(AnswerLine.FILE))).contains("\"thinking_apart\":true");
            assertThat(prepared.protocol().path("agents").asString()).hasSize(64);
        }
    }
}
