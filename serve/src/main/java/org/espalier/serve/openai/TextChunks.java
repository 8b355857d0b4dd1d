package org.espalier.serve.openai;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.espalier.core.file.Json;
import tools.jackson.core.io.JsonStringEncoder;

/** The chunks of a choice that differ in their text alone: all around it is put together once, not for each token. */
public final class TextChunks {
    private static final String EMPTY = "\"content\":\"\"";

    private final byte[] before;
    private final byte[] after;

    TextChunks(ChatAnswer answer, int choice) {
        String chunk = EventStream.BEGIN + Json.line(answer.piece(choice, "", Optional.empty())) + EventStream.END;
        // The last one: what stands before could be part of a name, what follows holds no words of others.
        int text = chunk.lastIndexOf(EMPTY) + EMPTY.length() - 1;
        this.before = chunk.substring(0, text).getBytes(StandardCharsets.UTF_8);
        this.after = chunk.substring(text).getBytes(StandardCharsets.UTF_8);
    }

    /** The event that brings a text. */
    byte[] event(String text) {
        byte[] quoted = JsonStringEncoder.getInstance().quoteAsUTF8(text);
        byte[] event = Arrays.copyOf(before, before.length + quoted.length + after.length);
        System.arraycopy(quoted, 0, event, before.length, quoted.length);
        System.arraycopy(after, 0, event, before.length + quoted.length, after.length);
        return event;
    }
}
