package org.espalier.endpoint.batch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.entity.mime.MultipartEntityBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.espalier.core.file.Json;
import org.espalier.endpoint.internal.Connections;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** OpenAI's: a file is put up, a batch made of it; results are one file, what went wrong another. */
public final class OpenAiBatches implements BatchInterface {
    private static final String TAG = "espalier";
    private static final Set<String> ENDED = Set.of("completed", "expired", "cancelled", "failed");
    private static final int LISTED = 100;

    private final BatchServer server;

    public OpenAiBatches(String baseUrl, Connections connections) {
        this.server = new BatchServer(baseUrl, connections, Map.of("accept", List.of("application/json")));
    }

    @Override
    public int mostRequests() {
        return 50_000;
    }

    @Override
    public long mostBytes() {
        return 190_000_000;
    }

    @Override
    public String line(String key, String path, String body) {
        ObjectNode line = Json.object()
                .put("custom_id", key)
                .put("method", "POST")
                .put("url", path.startsWith("/v1/") ? path : "/v1/chat/completions");
        line.set("body", Json.parse(body));
        return Json.line(line);
    }

    @Override
    public String create(Path requests, String tag, int count) throws IOException {
        HttpPost upload = new HttpPost(server.base() + "/files");
        upload.setEntity(MultipartEntityBuilder.create()
                .addTextBody("purpose", "batch")
                .addBinaryBody("file", requests.toFile(), ContentType.create("application/jsonl"), tag + ".jsonl")
                .build());
        String file = BatchServer.id(server.send(upload), "id");
        ObjectNode asked = Json.object()
                .put("input_file_id", file)
                .put("endpoint", "/v1/chat/completions")
                .put("completion_window", "24h");
        asked.putObject("metadata").put(TAG, tag);
        HttpPost create = new HttpPost(server.base() + "/batches");
        create.setEntity(new StringEntity(Json.line(asked), ContentType.APPLICATION_JSON));
        return BatchServer.id(server.send(create), "id");
    }

    @Override
    public Optional<String> newest() {
        return Optional.empty();
    }

    @Override
    public Optional<String> find(BatchLog.Open left, Set<String> known) throws IOException {
        for (JsonNode batch : server.get("/batches?limit=" + LISTED).path("data")) {
            if (batch.path("metadata").path(TAG).asString("").equals(left.tag())) {
                return Optional.of(BatchServer.id(batch, "id"));
            }
        }
        return Optional.empty();
    }

    @Override
    public State look(String id) throws IOException {
        JsonNode batch = server.get("/batches/" + id);
        String status = batch.path("status").asString("");
        JsonNode counts = batch.path("request_counts");
        return new State(
                ENDED.contains(status),
                counts.path("completed").asLong(0) + counts.path("failed").asLong(0),
                counts.path("total").asLong(0),
                status.equals("failed") ? Optional.of(why(batch)) : Optional.empty());
    }

    private static String why(JsonNode batch) {
        JsonNode error = batch.path("errors").path("data").path(0);
        return error.path("message").asString(error.path("code").asString("it does not say why"));
    }

    @Override
    public void results(String id, Scratch scratch, Consumer<Result> each) throws IOException {
        JsonNode batch = server.get("/batches/" + id);
        for (String field : List.of("output_file_id", "error_file_id")) {
            if (batch.hasNonNull(field) && !batch.path(field).asString("").isEmpty()) {
                server.lines(
                        "/files/" + BatchServer.id(batch, field) + "/content",
                        scratch,
                        line -> each.accept(result(line)));
            }
        }
    }

    private static Result result(JsonNode line) {
        String key = line.path("custom_id").asString("");
        JsonNode response = line.path("response");
        return response.hasNonNull("status_code")
                ? new Result(key, response.path("status_code").asInt(0), Json.line(response.path("body")))
                : new Result(key, 0, Json.line(line.path("error")));
    }
}
