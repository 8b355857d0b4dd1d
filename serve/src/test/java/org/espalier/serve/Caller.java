package org.espalier.serve;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.espalier.core.file.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Asks a server as a client would. */
final class Caller {
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI base;

    Caller(URI base) {
        this.base = base;
    }

    record Answer(int status, JsonNode body) {
        String text() {
            return text(0);
        }

        String text(int choice) {
            return body.at("/choices/" + choice + "/message/content").asString();
        }

        String error() {
            return body.at("/error/message").asString();
        }
    }

    static ObjectNode asked(String words) {
        return asked("model", words);
    }

    static ObjectNode asked(String model, String words) {
        ObjectNode body = Json.object().put("model", model);
        body.putArray("messages").addObject().put("role", "user").put("content", words);
        return body;
    }

    static ObjectNode shown(Path picture, String words) throws IOException {
        return shown("data:image/png;base64," + Base64.getEncoder().encodeToString(Files.readAllBytes(picture)), words);
    }

    static ObjectNode shown(String url, String words) {
        ObjectNode body = Json.object().put("model", "model");
        ObjectNode message = body.putArray("messages").addObject().put("role", "user");
        var parts = message.putArray("content");
        parts.addObject().put("type", "image_url").putObject("image_url").put("url", url);
        parts.addObject().put("type", "text").put("text", words);
        return body;
    }

    Answer ask(JsonNode body) throws IOException, InterruptedException {
        return post(Json.line(body), "");
    }

    Answer post(String body, String key) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + "/chat/completions"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        return answer(request);
    }

    Answer get(String path) throws IOException, InterruptedException {
        return answer(HttpRequest.newBuilder(URI.create(base + path)));
    }

    private Answer answer(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), Json.parse(response.body()));
    }

    /** The data of all events but the last, which must be the end. */
    List<JsonNode> events(ObjectNode body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/chat/completions"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.line(body.put("stream", true))))
                .build();
        List<String> data = new ArrayList<>();
        for (String line : client.send(request, HttpResponse.BodyHandlers.ofString())
                .body()
                .split("\n\n", -1)) {
            if (!line.isEmpty()) {
                data.add(line.replaceFirst("^data: ", ""));
            }
        }
        if (!data.removeLast().equals("[DONE]")) {
            throw new AssertionError("the stream does not end as it should: " + data);
        }
        return data.stream().map(Json::parse).toList();
    }
}
