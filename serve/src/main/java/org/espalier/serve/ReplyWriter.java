package org.espalier.serve;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.espalier.core.file.Json;
import org.espalier.serve.http.HttpCall;
import org.espalier.serve.http.HttpListener;
import org.espalier.serve.openai.ChatAnswer;
import org.espalier.serve.openai.ChatApi;
import org.espalier.serve.openai.EventStream;
import org.espalier.serve.openai.TextChunks;
import tools.jackson.databind.node.ObjectNode;

/** Writes one caller's answers, whole or as they come, and notices when the caller leaves. */
final class ReplyWriter {
    private final HttpCall call;
    private final ChatAnswer answer;
    private final Hearing hearing;
    private final int choices;
    private final int promptTokens;
    private long counted;

    ReplyWriter(HttpCall call, ChatAnswer answer, Hearing hearing, int choices, int promptTokens) {
        this.call = call;
        this.answer = answer;
        this.hearing = hearing;
        this.choices = choices;
        this.promptTokens = promptTokens;
    }

    /**
     * Writes.
     *
     * @return tokens of the answers
     * @throws IOException if the caller left
     * @throws RuntimeException what generation failed with, before anything was written
     */
    long write(boolean pieces) throws IOException, InterruptedException {
        call.watch(hearing::leave);
        if (pieces) {
            call.stream(EventStream.TYPE, this::stream);
        } else {
            whole();
        }
        return counted;
    }

    private void whole() throws IOException, InterruptedException {
        Map<Integer, ChatAnswer.Choice> ended = new TreeMap<>();
        while (ended.size() < choices) {
            switch (next()) {
                case Hearing.Event.Ended(int choice, String end, int tokens) -> {
                    ended.put(choice, hearing.choice(choice, end));
                    counted += tokens;
                }
                case Hearing.Event.Failed(RuntimeException why) -> throw why;
                case Hearing.Event.Left _ -> throw new IOException("the caller left");
                case Hearing.Event.Said _ -> throw new IllegalStateException("no pieces were wanted");
            }
        }
        byte[] json =
                Json.line(answer.whole(List.copyOf(ended.values()), counts())).getBytes(StandardCharsets.UTF_8);
        call.send(200, HttpListener.JSON, json, Map.of());
    }

    private void stream(OutputStream out) throws IOException {
        EventStream events = new EventStream(out);
        List<TextChunks> chunks = new ArrayList<>();
        for (int choice = 0; choice < choices; choice++) {
            events.add(answer.first(choice));
            chunks.add(answer.pieces(choice));
        }
        events.flush();
        int ended = 0;
        while (ended < choices) {
            Hearing.Event event;
            try {
                event = next();
            } catch (InterruptedException e) {
                throw new IOException("interrupted", e);
            }
            switch (event) {
                case Hearing.Event.Said(int choice, String text, Optional<List<ChatAnswer.Token>> told) -> {
                    if (told.isPresent()) {
                        events.add(answer.piece(choice, text, told));
                    } else {
                        events.add(chunks.get(choice), text);
                    }
                }
                case Hearing.Event.Ended(int choice, String end, int tokens) -> {
                    counted += tokens;
                    events.add(answer.last(choice, end));
                    ended++;
                }
                case Hearing.Event.Failed(RuntimeException why) -> {
                    events.fail(ChatApi.error(why));
                    return;
                }
                case Hearing.Event.Left _ -> throw new IOException("the caller left");
            }
            // What came while the last piece was written goes out with it.
            if (!hearing.more()) {
                events.flush();
            }
        }
        Optional<ObjectNode> last = answer.counts(counts());
        if (last.isPresent()) {
            events.add(last.get());
        }
        events.end();
    }

    private ChatAnswer.Counts counts() {
        return new ChatAnswer.Counts(promptTokens, counted);
    }

    private Hearing.Event next() throws InterruptedException {
        call.computing();
        try {
            return hearing.next();
        } finally {
            call.writing();
        }
    }
}
