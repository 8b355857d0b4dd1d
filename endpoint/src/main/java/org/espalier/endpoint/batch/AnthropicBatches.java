package org.espalier.endpoint.batch;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.FileEntity;
import org.espalier.core.file.Json;
import org.espalier.core.file.OwnerOnly;
import org.espalier.endpoint.internal.Connections;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Anthropic's: requests are one JSON object, results JSON lines in no order. */
public final class AnthropicBatches implements BatchInterface {
    private static final List<String> COUNTED = List.of("succeeded", "errored", "canceled", "expired");
    private static final int LISTED = 100;
    /** By which the clocks of server and client may differ, where nothing else tells which batches are older. */
    private static final Duration CLOCKS = Duration.ofMinutes(2);

    /** The status that the other interface answers an error of a kind with. */
    private static final Map<String, Integer> STATUS = Map.of(
            "invalid_request_error", 400,
            "authentication_error", 401,
            "permission_error", 403,
            "not_found_error", 404,
            "request_too_large", 413,
            "rate_limit_error", 429,
            "api_error", 500,
            "overloaded_error", 529);

    private final BatchServer server;

    public AnthropicBatches(String baseUrl, Connections connections) {
        this.server = new BatchServer(
                baseUrl, connections, Map.of("x-api-key", List.of(""), "anthropic-version", List.of("2023-06-01")));
    }

    @Override
    public int mostRequests() {
        return 100_000;
    }

    @Override
    public long mostBytes() {
        return 240_000_000;
    }

    @Override
    public String line(String key, String path, String body) {
        ObjectNode line = Json.object().put("custom_id", key);
        line.set("params", Json.parse(body));
        return Json.line(line);
    }

    /** The lines become the elements of a list as they are copied, piece by piece: what a line holds is of any length. */
    @Override
    public String create(Path requests, String tag, int count) throws IOException {
        Path whole = requests.resolveSibling(requests.getFileName() + ".json");
        try {
            OwnerOnly.file(whole);
            try (InputStream in = new BufferedInputStream(Files.newInputStream(requests), 1 << 16);
                    OutputStream out = new BufferedOutputStream(Files.newOutputStream(whole), 1 << 16)) {
                copy(in, out);
            }
            HttpPost create = new HttpPost(server.base() + "/messages/batches");
            create.setEntity(new FileEntity(whole.toFile(), ContentType.APPLICATION_JSON));
            return BatchServer.id(server.send(create), "id");
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        out.write("{\"requests\":[".getBytes(StandardCharsets.UTF_8));
        boolean between = false;
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (between) {
                out.write(',');
            }
            // A line end stands between two objects alone: JSON on one line holds none.
            between = b == '\n';
            out.write(b);
        }
        out.write("]}".getBytes(StandardCharsets.UTF_8));
    }

    private JsonNode newestFirst(int most) throws IOException {
        return server.get("/messages/batches?limit=" + most).path("data");
    }

    @Override
    public Optional<String> newest() throws IOException {
        JsonNode newest = newestFirst(1);
        return Optional.of(newest.isEmpty() ? NONE : BatchServer.id(newest.path(0), "id"));
    }

    /** Batches have no names there: it is the one of so many requests that was made since and is nobody else's. */
    @Override
    public Optional<String> find(BatchLog.Open left, Set<String> known) throws IOException {
        List<JsonNode> listed = newestFirst(LISTED).valueStream().toList();
        boolean marked = left.after()
                .filter(after -> after.equals(NONE)
                        || listed.stream()
                                .anyMatch(batch -> batch.path("id").asString("").equals(after)))
                .isPresent();
        for (JsonNode batch : listed) {
            String id = BatchServer.id(batch, "id");
            if (left.after().filter(id::equals).isPresent()) {
                break;
            }
            JsonNode counts = batch.path("request_counts");
            long all = counts.path("processing").asLong(0)
                    + COUNTED.stream()
                            .mapToLong(kind -> counts.path(kind).asLong(0))
                            .sum();
            boolean since = marked || created(batch).isAfter(left.begun().minus(CLOCKS));
            if (all == left.count() && !known.contains(id) && since) {
                return Optional.of(id);
            }
        }
        return Optional.empty();
    }

    private static Instant created(JsonNode batch) {
        try {
            return OffsetDateTime.parse(batch.path("created_at").asString("")).toInstant();
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    @Override
    public State look(String id) throws IOException {
        JsonNode batch = server.get("/messages/batches/" + id);
        JsonNode counts = batch.path("request_counts");
        long done =
                COUNTED.stream().mapToLong(kind -> counts.path(kind).asLong(0)).sum();
        return new State(
                batch.path("processing_status").asString("").equals("ended"),
                done,
                done + counts.path("processing").asLong(0),
                Optional.empty());
    }

    @Override
    public void results(String id, Scratch scratch, Consumer<Result> each) throws IOException {
        server.lines("/messages/batches/" + id + "/results", scratch, line -> each.accept(result(line)));
    }

    private static Result result(JsonNode line) {
        String key = line.path("custom_id").asString("");
        JsonNode result = line.path("result");
        return switch (result.path("type").asString("")) {
            case "succeeded" -> new Result(key, 200, Json.line(result.path("message")));
            case "errored" -> {
                JsonNode error = result.path("error");
                String type = error.path("error")
                        .path("type")
                        .asString(error.path("type").asString(""));
                yield new Result(key, STATUS.getOrDefault(type, 500), Json.line(error));
            }
            default -> new Result(key, 0, Json.line(result));
        };
    }
}
