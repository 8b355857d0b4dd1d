package org.espalier.greenhouse.serve;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.espalier.core.file.Json;
import org.espalier.greenhouse.world.World;
import org.espalier.serve.http.HttpCall;
import org.espalier.serve.http.HttpListener;
import org.espalier.serve.http.ListenSettings;
import org.espalier.serve.openai.ApiError;
import org.espalier.serve.openai.ChatApi;
import org.espalier.serve.openai.ChatRequest;
import org.espalier.serve.openai.ChatRequestReader;
import org.espalier.serve.openai.EventStream;
import org.espalier.serve.openai.ModelList;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * The server, listening on the loopback address from when it is made until it is closed. It plays under whatever name it is
 * asked, so that one server can be several judges. Thread-safe.
 */
public final class PlayedServer implements AutoCloseable {
    /** The model that its answers name. */
    public static final String MODEL = "greenhouse";

    /** What it says of any other picture. */
    static final String STRANGE =
            "This server plays the greenhouse and knows its drawings alone; pictures of your own need a real model.";

    private static final int CONNECTIONS = 20_000;
    private static final int LARGEST_BODY = 64 << 20;

    private final ServeSettings settings;
    private final Players cast;
    private final Ledger ledger;
    private final Semaphore room;
    private final HttpListener listener;
    private final Thread flusher;
    private final ChatRequestReader reader = new ChatRequestReader();

    private PlayedServer(ServeSettings settings, World world) {
        this.settings = settings;
        this.cast = new Players(world, settings.errors());
        this.ledger = new Ledger(settings.log());
        this.room = new Semaphore(settings.concurrency(), true);
        this.listener = HttpListener.start(
                new ListenSettings("127.0.0.1", settings.port(), CONNECTIONS, LARGEST_BODY),
                new ChatApi(new Service(), Optional.empty()));
        this.flusher = Thread.ofVirtual().unstarted(this::flush);
    }

    /** Starts. */
    public static PlayedServer start(ServeSettings settings, World world) {
        PlayedServer played = new PlayedServer(settings, world);
        played.flusher.start();
        return played;
    }

    /** The addresses of the API, and one for counts. */
    private final class Service implements ChatApi.Service {
        private final ModelList models = new ModelList(List.of(MODEL), 0);

        @Override
        public ModelList models() {
            return models;
        }

        @Override
        public Optional<ObjectNode> page(String path) {
            return path.equals("/stats") ? Optional.of(ledger.counts()) : Optional.empty();
        }

        @Override
        public void complete(HttpCall http, byte[] body) throws IOException {
            PlayedServer.this.complete(http, body);
        }
    }

    /** Where it listens, as clients want it: with {@code /v1}. */
    public URI base() {
        return listener.base();
    }

    /** Calls, distinct requests, those answered more than once, and how calls ended. */
    public ObjectNode counts() {
        return ledger.counts();
    }

    private void complete(HttpCall http, byte[] bytes) throws IOException {
        Call call;
        try {
            call = Call.read(bytes);
        } catch (JacksonException e) {
            throw ApiError.wrong("", "The body " + Json.complaint(e) + ".");
        }
        ChatRequest request = reader.read(call.body());
        if (request.likeliest().isPresent()) {
            throw ApiError.unsupported("logprobs", "logprobs: this server plays a model and has no probabilities.");
        }
        String key = call.key();
        int before = ledger.asked(key);
        Optional<Faults.Kind> fault = settings.faults().at(key, before);
        String end = "lost";
        try {
            // What stays during the delay is the answer alone, not a request of a hundred kilobytes.
            PlayedAnswer answer = PlayedAnswer.of(cast, call, request, fault);
            http.forgetBody();
            answer(http, fault, answer, request.stream());
            end = fault.map(Faults.Kind::label).orElse("ok");
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        } finally {
            ledger.ended(key, call.role(), end, before);
        }
    }

    private void answer(HttpCall http, Optional<Faults.Kind> fault, PlayedAnswer answer, boolean stream)
            throws IOException, InterruptedException {
        Faults.Kind kind = fault.orElse(Faults.Kind.MALFORMED);
        if (kind == Faults.Kind.BUSY) {
            ChatApi.send(http, 429, ApiError.json(429, "too many requests"));
            return;
        }
        await();
        switch (kind) {
            case DROP -> http.drop();
            case ERROR -> ChatApi.send(http, 500, ApiError.json(500, "internal error"));
            case TORN -> {
                byte[] whole = Json.line(answer.whole()).getBytes(StandardCharsets.UTF_8);
                http.send(200, HttpListener.JSON, Arrays.copyOf(whole, whole.length / 2), Map.of());
            }
            default -> {
                if (stream) {
                    http.stream(EventStream.TYPE, out -> answer.write(new EventStream(out)));
                } else {
                    ChatApi.send(http, 200, answer.whole());
                }
            }
        }
    }

    private void await() throws InterruptedException {
        room.acquire();
        try {
            TimeUnit.NANOSECONDS.sleep(settings.delay().toNanos());
        } finally {
            room.release();
        }
    }

    private void flush() {
        try {
            while (true) {
                TimeUnit.MILLISECONDS.sleep(200);
                ledger.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        flusher.interrupt();
        listener.close();
        ledger.close();
    }
}
