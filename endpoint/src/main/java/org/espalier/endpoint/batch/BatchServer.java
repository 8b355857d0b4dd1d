package org.espalier.endpoint.batch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.espalier.core.file.Json;
import org.espalier.core.file.JsonLines;
import org.espalier.core.file.Problems;
import org.espalier.endpoint.internal.Connections;
import org.espalier.endpoint.internal.HttpAnswer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A provider's server as its batch interface is spoken to: JSON back and forth, and files of JSON lines. */
record BatchServer(String base, Connections connections, Map<String, List<String>> headers) {
    /** Bytes of a result: as many as an answer to a call may have. */
    private static final int LONGEST = 64 << 20;

    JsonNode get(String path) throws IOException {
        return send(new HttpGet(base + path));
    }

    JsonNode send(HttpUriRequestBase request) throws IOException {
        HttpAnswer answer = connections.send(request, headers);
        if (answer.status() / 100 != 2) {
            throw new RefusedBatch(answer);
        }
        try {
            return Json.parse(new String(answer.body(), StandardCharsets.UTF_8));
        } catch (JacksonException e) {
            throw new IOException("an answer about a batch is not JSON", e);
        }
    }

    /**
     * Reads a file of JSON lines from the server, by way of a file here.
     *
     * @throws UnreadableResults after every other line was handed over, if some are none
     */
    void lines(String path, BatchInterface.Scratch scratch, Consumer<JsonNode> each) throws IOException {
        Optional<HttpAnswer> refused = connections.download(base + path, headers, scratch.file(), scratch.most());
        if (refused.isPresent()) {
            throw new RefusedBatch(refused.get());
        }
        Problems problems = new Problems(scratch.file());
        JsonLines.read(scratch.file(), problems, LONGEST, line -> each.accept(line.object()));
        if (problems.count() > 0) {
            throw new UnreadableResults(problems.shown().getFirst());
        }
    }

    /** An id as part of an address. */
    static String id(JsonNode said, String field) throws IOException {
        String id = said.path(field).asString("");
        if (!id.matches("[A-Za-z0-9._-]{1,200}")) {
            throw new IOException("an answer about a batch has no " + field);
        }
        return id;
    }
}
