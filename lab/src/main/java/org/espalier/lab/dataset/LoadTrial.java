package org.espalier.lab.dataset;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.espalier.core.Progress;
import org.espalier.core.SurroundingsException;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.Json;
import org.espalier.lab.process.EspalierProcess;
import org.espalier.ssui.agent.Agents;
import org.espalier.ssui.pool.Pool;
import org.espalier.ssui.pool.PooledPicture;
import org.espalier.workflow.dataset.DatasetBuild;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A whole build against the played server, and before it a bare client against the same server with the same pictures.
 *
 * @param folder for pictures, pool and run; pictures and pool are used again by the next trial
 * @param kilobytes of each picture's file
 * @param concurrency calls at once, of the server and of both clients
 * @param heapMib largest heap of the build
 */
public record LoadTrial(
        Path folder, int pictures, int kilobytes, int concurrency, Duration delay, int bareCalls, int heapMib) {
    /** Between two looks at the server's count: seldom, so that looking costs nothing of what is measured. */
    private static final Duration LOOK = Duration.ofSeconds(5);

    private static final Pattern LISTENING = Pattern.compile("Listening at (\\S+) as");

    /**
     * What was measured.
     *
     * @param ceiling calls a second of the bare client
     * @param rate calls a second of the build, from its first call to its last answer
     * @param cpu seconds of processor time of the build's process for 1,000 calls, its start included
     * @param peakMib largest memory of that process
     * @param serverCpu likewise, of the server's for 1,000 calls of the build
     */
    public record Result(
            int pictures,
            long drafts,
            JsonNode stages,
            long calls,
            long answeredTwice,
            double ceiling,
            double rate,
            double share,
            double seconds,
            double cpu,
            long peakMib,
            double serverCpu) {}

    /** Prepares pictures and pool; takes minutes the first time. */
    public void prepare() throws InterruptedException {
        TrialFolder.prepare(folder, pictures, kilobytes);
    }

    /** Measures. */
    public Result run(Progress progress) throws InterruptedException {
        TrialFolder prepared = TrialFolder.prepare(folder, pictures, kilobytes);
        String body = request(prepared);
        Path out = prepared.fresh();
        try (EspalierProcess server = server()) {
            URI base = URI.create(server.says(LISTENING));
            progress.at("bare client", 0, bareCalls, "");
            new BareClient(base, concurrency, concurrency * 2).run(body); // the server's compiler warms up
            double ceiling = new BareClient(base, concurrency, bareCalls).run(body);
            JsonNode before = stats(base);
            Duration serverBefore = server.cpu();
            Path endpoints = prepared.endpoints("load", base, concurrency, 6);
            Built built = build(prepared.build(endpoints, out), base, progress);
            JsonNode after = stats(base);
            long calls = after.path("calls").asLong() - before.path("calls").asLong();
            double seconds = (after.path("last_ms").asLong() - built.firstMs()) / 1000.0;
            JsonNode record = Json.parse(Files.readString(out.resolve(DatasetBuild.FUNNEL)));
            double rate = calls / seconds;
            return new Result(
                    pictures,
                    record.path("drafts").asLong(),
                    record.path("stages"),
                    calls,
                    after.path("answered_twice").asLong()
                            - before.path("answered_twice").asLong(),
                    ceiling,
                    rate,
                    rate / ceiling,
                    seconds,
                    built.cpu().toMillis() / (double) calls,
                    built.peakMib(),
                    server.cpu().minus(serverBefore).toMillis() / (double) calls);
        } catch (IOException e) {
            throw new SurroundingsException("the trial failed: " + e.getMessage(), e);
        }
    }

    private EspalierProcess server() {
        return EspalierProcess.start(
                1024,
                folder.resolve("server.log"),
                EspalierProcess.words(
                        "greenhouse serve --port 0 --delay-ms " + delay.toMillis() + " --concurrency " + concurrency));
    }

    private record Built(long firstMs, Duration cpu, long peakMib) {}

    private Built build(List<String> words, URI base, Progress progress) throws InterruptedException, IOException {
        long first = stats(base).path("now_ms").asLong();
        long calls = stats(base).path("calls").asLong();
        boolean begun = false;
        long made = 0;
        long looked = System.nanoTime();
        Duration cpu = Duration.ZERO;
        long peak = 0;
        try (EspalierProcess child = EspalierProcess.start(heapMib, folder.resolve("build.log"), words)) {
            while (!child.ends(Duration.ofMillis(100))) {
                if (child.running()) {
                    cpu = child.cpu().compareTo(cpu) > 0 ? child.cpu() : cpu;
                    peak = Math.max(peak, child.peakMib().orElse(0));
                }
                if (!begun) {
                    JsonNode now = stats(base);
                    begun = now.path("calls").asLong() > calls;
                    first = begun ? first : now.path("now_ms").asLong();
                }
                if (begun && System.nanoTime() - looked > LOOK.toNanos()) {
                    looked = System.nanoTime();
                    made = stats(base).path("calls").asLong() - calls;
                }
                progress.at(
                        "build",
                        made,
                        0,
                        made == 0 ? "" : "of at most " + (long) pictures * Agents.NAMES.size() + " calls");
            }
            child.succeeds();
        }
        return new Built(first, cpu, peak);
    }

    private static JsonNode stats(URI base) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(base.resolve("/stats")).build();
            return Json.parse(
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body());
        }
    }

    /** What an agent that sees the picture asks, about as long as it is, with one of the pool's pictures. */
    private String request(TrialFolder prepared) {
        Pool pool = new Pool(prepared.pool());
        List<PooledPicture> first = new ArrayList<>();
        pool.each(picture -> {
            if (first.isEmpty()) {
                first.add(picture);
            }
        });
        Path file = pool.file(first.getFirst());
        byte[] bytes = FileTrouble.reading(file, () -> Files.readAllBytes(file));
        String url = "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes);
        ObjectNode body = Json.object().put("model", "greenhouse").put("max_tokens", 2000);
        var messages = body.putArray("messages");
        messages.addObject().put("role", "system").put("content", "You are the check agent. " + "x".repeat(2000));
        var content = messages.addObject().put("role", "user").putArray("content");
        content.addObject().put("type", "image_url").putObject("image_url").put("url", url);
        content.addObject().put("type", "text").put("text", "y".repeat(1500));
        return Json.line(body);
    }
}
