package org.espalier.serve.openai;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.espalier.core.file.Json;
import tools.jackson.databind.JsonNode;

/** Server-sent events, each of which arrives at once. */
public record EventStream(OutputStream out) {
    /** What such an answer is. */
    public static final String TYPE = "text/event-stream";

    /** A chunk. */
    public void write(JsonNode chunk) throws IOException {
        write(Json.line(chunk));
    }

    /** The end of a whole answer. */
    public void end() throws IOException {
        write("[DONE]");
    }

    /** The end of one that fails. */
    public void fail(ApiError error) throws IOException {
        write(error.json());
    }

    private void write(String data) throws IOException {
        out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
