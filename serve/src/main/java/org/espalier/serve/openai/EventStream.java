package org.espalier.serve.openai;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.espalier.core.file.Json;
import tools.jackson.databind.JsonNode;

/** Server-sent events. */
public record EventStream(OutputStream out) {
    /** What such an answer is. */
    public static final String TYPE = "text/event-stream";

    static final String BEGIN = "data: ";
    static final String END = "\n\n";

    /** A chunk, which arrives at once. */
    public void write(JsonNode chunk) throws IOException {
        add(chunk);
        flush();
    }

    /** A chunk, which arrives with the next {@link #flush}. */
    public void add(JsonNode chunk) throws IOException {
        add(Json.line(chunk));
    }

    /** One of the chunks of a choice, which arrives with the next {@link #flush}. */
    public void add(TextChunks chunks, String text) throws IOException {
        out.write(chunks.event(text));
    }

    /** Has everything so far arrive. */
    public void flush() throws IOException {
        out.flush();
    }

    /** The end of a whole answer. */
    public void end() throws IOException {
        add("[DONE]");
        flush();
    }

    /** The end of one that fails. */
    public void fail(ApiError error) throws IOException {
        write(error.json());
    }

    private void add(String data) throws IOException {
        out.write((BEGIN + data + END).getBytes(StandardCharsets.UTF_8));
    }
}
