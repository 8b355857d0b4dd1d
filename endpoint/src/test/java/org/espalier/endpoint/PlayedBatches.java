package org.espalier.endpoint;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.espalier.core.file.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Plays the batch interfaces of OpenAI and Anthropic: what is handed in is answered once the batches are let go. */
final class PlayedBatches implements AutoCloseable {
    /** What becomes of a request, by its last user turn. */
    enum Fate {
        ANSWERED,
        REFUSED,
        OVERLOADED,
        EXPIRED
    }

    /** @param requests by their keys: what is asked last */
    private record Batch(String id, String tag, Instant created, Map<String, String> requests) {}

    private static final Comparator<Batch> NEWEST_FIRST = Comparator.comparingInt(
                    (Batch batch) -> Integer.parseInt(batch.id().substring(1)))
            .reversed();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, List<String>> files = new ConcurrentHashMap<>();
    private final Map<String, Batch> batches = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final BiFunction<String, Integer, Fate> fates;
    /** Letters of an answer beside the question. */
    private final int longer;

    volatile boolean held;
    /** By which its clock is ahead of ours. */
    volatile Duration clockAhead = Duration.ZERO;

    volatile boolean dropNextAnswer;
    /** A question whose result is no JSON; empty where each is. */
    volatile String spoilt = "";
    /** Whether files of results have no end. */
    volatile boolean endless;
    /** Why no batch is taken after all; empty where they are. */
    volatile String declining = "";

    volatile String keySeen = "";

    PlayedBatches(int longer, BiFunction<String, Integer, Fate> fates) throws IOException {
        this.longer = longer;
        this.fates = fates;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(threads);
        server.createContext("/v1/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    int batches() {
        return batches.size();
    }

    /** How often each question was asked, by key. */
    Map<String, Integer> asked() {
        return asked.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().get()));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().replaceFirst("^/v1", "");
            keySeen = exchange.getRequestHeaders().getFirst("Authorization") + "/"
                    + exchange.getRequestHeaders().getFirst("x-api-key");
            boolean post = exchange.getRequestMethod().equals("POST");
            if (path.equals("/files") && post) {
                String id = "file-" + numbers.incrementAndGet();
                files.put(id, lines(exchange));
                say(exchange, 200, Json.line(Json.object().put("id", id)));
            } else if (path.equals("/batches") && post) {
                create(exchange, Json.parse(body(exchange)));
            } else if (path.equals("/messages/batches") && post) {
                createMessages(exchange, Json.parse(body(exchange)));
            } else if (path.equals("/batches") || path.equals("/messages/batches")) {
                ObjectNode list = Json.object();
                ArrayNode data = list.putArray("data");
                batches.values().stream()
                        .sorted(NEWEST_FIRST)
                        .forEach(batch -> data.add(path.startsWith("/m") ? messages(batch) : said(batch)));
                say(exchange, 200, Json.line(list));
            } else if (path.matches("/batches/[^/]+")) {
                say(exchange, 200, Json.line(said(batches.get(path.substring(9)))));
            } else if (path.matches("/messages/batches/[^/]+")) {
                say(exchange, 200, Json.line(messages(batches.get(path.substring(18)))));
            } else if (path.matches("/messages/batches/[^/]+/results")) {
                results(exchange, batches.get(path.split("/")[3]), this::messageResult);
            } else if (path.matches("/files/(out|err)-[^/]+/content")) {
                boolean good = path.startsWith("/files/out-");
                results(exchange, batches.get(path.substring(11).replace("/content", "")), (key, words) -> {
                    Fate fate = fate(key, words);
                    return (fate == Fate.ANSWERED) == good ? chatResult(key, words, fate) : "";
                });
            } else {
                say(exchange, 404, "{\"error\":{\"message\":\"no such page\"}}");
            }
        }
    }

    private static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Those of the file in a form of several parts. */
    private static List<String> lines(HttpExchange exchange) throws IOException {
        List<String> lines = new ArrayList<>();
        BufferedReader in =
                new BufferedReader(new InputStreamReader(exchange.getRequestBody(), StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith("{\"custom_id\"")) {
                lines.add(line);
            }
        }
        return lines;
    }

    private void create(HttpExchange exchange, JsonNode said) throws IOException {
        Map<String, String> requests = new LinkedHashMap<>();
        for (String line : files.remove(said.path("input_file_id").asString())) {
            JsonNode request = Json.parse(line);
            requests.put(
                    request.path("custom_id").asString(),
                    last(request.path("body").path("messages")));
        }
        Batch batch = entered(said.path("metadata").path("espalier").asString(), requests);
        say(exchange, 200, Json.line(said(batch)));
    }

    private void createMessages(HttpExchange exchange, JsonNode said) throws IOException {
        Map<String, String> requests = new LinkedHashMap<>();
        said.path("requests")
                .forEach(request -> requests.put(
                        request.path("custom_id").asString(),
                        last(request.path("params").path("messages"))));
        say(exchange, 200, Json.line(messages(entered("", requests))));
    }

    private Batch entered(String tag, Map<String, String> requests) {
        Batch batch =
                new Batch("b" + numbers.incrementAndGet(), tag, Instant.now().plus(clockAhead), requests);
        requests.keySet()
                .forEach(key ->
                        asked.computeIfAbsent(key, _ -> new AtomicInteger()).incrementAndGet());
        batches.put(batch.id(), batch);
        return batch;
    }

    private static String last(JsonNode messages) {
        JsonNode content = messages.path(messages.size() - 1).path("content");
        return content.isString()
                ? content.stringValue()
                : content.path(content.size() - 1).path("text").asString();
    }

    private ObjectNode said(Batch batch) {
        ObjectNode said = Json.object().put("id", batch.id()).put("status", held ? "in_progress" : "completed");
        if (!declining.isEmpty()) {
            said.put("status", "failed")
                    .putObject("errors")
                    .putArray("data")
                    .addObject()
                    .put("message", declining);
            return said;
        }
        said.putObject("metadata").put("espalier", batch.tag());
        said.putObject("request_counts")
                .put("total", batch.requests().size())
                .put("completed", held ? 0 : batch.requests().size());
        return held ? said : said.put("output_file_id", "out-" + batch.id()).put("error_file_id", "err-" + batch.id());
    }

    private ObjectNode messages(Batch batch) {
        ObjectNode said = Json.object()
                .put("id", batch.id())
                .put("processing_status", held ? "in_progress" : "ended")
                .put("created_at", batch.created().toString());
        said.putObject("request_counts")
                .put(held ? "processing" : "succeeded", batch.requests().size());
        return said;
    }

    private interface Line {
        String of(String key, String words);
    }

    private void results(HttpExchange exchange, Batch batch, Line line) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            while (endless) {
                out.write(new byte[1 << 16]);
            }
            for (var request : batch.requests().entrySet()) {
                String written = line.of(request.getKey(), request.getValue());
                if (!written.isEmpty() && request.getValue().equals(spoilt)) {
                    out.write("{\"custom_id\": half a line\n".getBytes(StandardCharsets.UTF_8));
                } else if (!written.isEmpty()) {
                    out.write((written + "\n").getBytes(StandardCharsets.UTF_8));
                }
            }
        }
    }

    private Fate fate(String key, String words) {
        AtomicInteger times = asked.get(key);
        return fates.apply(words, times == null ? 0 : times.get());
    }

    private String chatResult(String key, String words, Fate fate) {
        ObjectNode line = Json.object().put("custom_id", key);
        switch (fate) {
            case ANSWERED -> {
                ObjectNode response = line.putObject("response").put("status_code", 200);
                response.set(
                        "body",
                        Json.parse(ScriptedServer.Reply.words("re " + words + "x".repeat(longer))
                                .body()));
            }
            case EXPIRED -> line.putObject("error").put("code", "batch_expired");
            default -> {
                ObjectNode response = line.putObject("response").put("status_code", fate == Fate.REFUSED ? 400 : 503);
                response.putObject("body").putObject("error").put("message", "not this one");
            }
        }
        return Json.line(line);
    }

    private String messageResult(String key, String words) {
        ObjectNode line = Json.object().put("custom_id", key);
        ObjectNode result = line.putObject("result");
        Fate fate = fate(key, words);
        switch (fate) {
            case ANSWERED -> {
                ObjectNode message = result.put("type", "succeeded")
                        .putObject("message")
                        .put("id", "m")
                        .put("type", "message")
                        .put("role", "assistant")
                        .put("model", "m")
                        .put("stop_reason", "end_turn");
                message.putArray("content").addObject().put("type", "text").put("text", "re " + words);
                message.putObject("usage").put("input_tokens", 1000).put("output_tokens", 100);
            }
            case EXPIRED -> result.put("type", "expired");
            default ->
                result.put("type", "errored")
                        .putObject("error")
                        .put("type", "error")
                        .putObject("error")
                        .put("type", fate == Fate.REFUSED ? "invalid_request_error" : "overloaded_error")
                        .put("message", "not this one");
        }
        return Json.line(line);
    }

    private void say(HttpExchange exchange, int status, String body) throws IOException {
        if (dropNextAnswer
                && exchange.getRequestMethod().equals("POST")
                && exchange.getRequestURI().getPath().endsWith("/batches")) {
            dropNextAnswer = false;
            return;
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
