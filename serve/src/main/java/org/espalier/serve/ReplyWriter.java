package org.espalier.serve;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.espalier.core.file.Json;
import org.espalier.serve.http.HttpCall;
import org.espalier.serve.http.HttpListener;
import org.espalier.serve.openai.ChatAnswer;
import org.espalier.serve.openai.ChatApi;
import org.espalier.serve.openai.EventStream;
import tools.jackson.databind.node.ObjectNode;

/** Writes one caller's answers, whole or as they come, and notices when the caller leaves. */
final class ReplyWriter {
    private static final long LOOK_MILLIS = 25;

    private final HttpCall call;
    private final ChatAnswer answer;
    private final Hearing hearing;
    private final int choices;
    private final int promptTokens;
    private long looked = System.nanoTime();
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
            Optional<Hearing.Event> event = next();
            if (event.isPresent() && event.get() instanceof Hearing.Event.Ended(int choice, String end, int tokens)) {
                ended.put(choice, hearing.choice(choice, end));
                counted += tokens;
            } else if (event.isPresent() && event.get() instanceof Hearing.Event.Failed(RuntimeException why)) {
                throw why;
            }
        }
        byte[] json =
                Json.line(answer.whole(List.copyOf(ended.values()), counts())).getBytes(StandardCharsets.UTF_8);
        call.send(200, HttpListener.JSON, json, Map.of());
    }

    private void stream(OutputStream out) throws IOException {
        EventStream events = new EventStream(out);
        for (int choice = 0; choice < choices; choice++) {
            events.write(answer.first(choice));
        }
        int ended = 0;
        while (ended < choices) {
            Optional<Hearing.Event> event;
            try {
                event = next();
            } catch (InterruptedException e) {
                throw new IOException("interrupted", e);
            }
            if (event.isPresent() && event.get() instanceof Hearing.Event.Failed(RuntimeException why)) {
                events.fail(ChatApi.error(why));
                return;
            }
            if (event.isPresent()) {
                ended += write(event.get(), events);
            }
        }
        Optional<ObjectNode> last = answer.counts(counts());
        if (last.isPresent()) {
            events.write(last.get());
        }
        events.end();
    }

    /** How many choices ended with it. */
    private int write(Hearing.Event event, EventStream events) throws IOException {
        if (event instanceof Hearing.Event.Said(int choice, String text, Optional<List<ChatAnswer.Token>> told)) {
            events.write(answer.piece(choice, text, told));
        } else if (event instanceof Hearing.Event.Ended(int choice, String end, int tokens)) {
            counted += tokens;
            events.write(answer.last(choice, end));
            return 1;
        }
        return 0;
    }

    private ChatAnswer.Counts counts() {
        return new ChatAnswer.Counts(promptTokens, counted);
    }

    /** The next event; empty after a while without any. */
    private Optional<Hearing.Event> next() throws IOException, InterruptedException {
        Optional<Hearing.Event> event = hearing.next(LOOK_MILLIS);
        if (event.isEmpty() || System.nanoTime() - looked > TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS)) {
            if (call.gone()) {
                throw new IOException("the caller left");
            }
            looked = System.nanoTime();
        }
        return event;
    }
}
