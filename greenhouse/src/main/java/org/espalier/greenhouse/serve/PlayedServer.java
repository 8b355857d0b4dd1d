package org.espalier.greenhouse.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.espalier.core.InputException;
import org.espalier.core.SurroundingsException;
import org.espalier.core.file.Json;
import org.espalier.greenhouse.world.World;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** The server, listening on the loopback address from when it is made until it is closed. Thread-safe. */
public final class PlayedServer implements AutoCloseable {
    /** The model that its answers name. */
    public static final String MODEL = "greenhouse";

    /** What it says of any other picture. */
    static final String STRANGE =
            "This server plays the greenhouse and knows its drawings alone; pictures of your own need a real model.";

    private final ServeSettings settings;
    private final Players cast;
    private final Ledger ledger;
    private final Semaphore room;
    private final HttpServer server;
    private final ExecutorService threads;
    private final Thread flusher;

    private PlayedServer(ServeSettings settings, World world) throws IOException {
        this.settings = settings;
        this.cast = new Players(world, settings.errors());
        this.ledger = new Ledger(settings.log());
        this.room = new Semaphore(settings.concurrency(), true);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.port()), 4096);
        this.threads = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(threads);
        server.createContext("/v1/chat/completions", this::complete);
        server.createContext("/v1/models", exchange -> send(exchange, 200, models()));
        server.createContext("/stats", exchange -> send(exchange, 200, ledger.counts()));
        this.flusher = Thread.ofVirtual().unstarted(this::flush);
    }

    /** Starts. */
    public static PlayedServer start(ServeSettings settings, World world) {
        // Read once by the JDK's server, when it is first used: a thousand kept connections, and no waiting for more
        // to send before a small answer leaves.
        System.setProperty("sun.net.httpserver.maxIdleConnections", "10000");
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.idleInterval", "300");
        try {
            PlayedServer played = new PlayedServer(settings, world);
            played.server.start();
            played.flusher.start();
            return played;
        } catch (BindException e) {
            throw new InputException(
                    "port " + settings.port() + " is taken: choose another with --port, or 0 for any", e);
        } catch (IOException e) {
            throw new SurroundingsException("the server cannot listen: " + e.getMessage(), e);
        }
    }

    /** Where it listens, as clients want it: with {@code /v1}. */
    public URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
    }

    /** Calls, distinct requests, those answered more than once, and how calls ended. */
    public ObjectNode counts() {
        return ledger.counts();
    }

    private void complete(HttpExchange exchange) throws IOException {
        Call call;
        try {
            call = Call.read(exchange.getRequestBody().readAllBytes());
        } catch (JacksonException e) {
            send(exchange, 400, error("the request " + Json.complaint(e)));
            return;
        }
        String key = call.key();
        int before = ledger.asked(key);
        Optional<Faults.Kind> fault = settings.faults().at(key, before);
        String end = "lost";
        try {
            // What stays during the delay is the answer alone, not a request of a hundred kilobytes.
            answer(exchange, fault, body(call, fault));
            end = fault.map(Faults.Kind::label).orElse("ok");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exchange.close();
        } finally {
            ledger.ended(key, call.role(), end, before);
        }
    }

    private void answer(HttpExchange exchange, Optional<Faults.Kind> fault, byte[] body)
            throws IOException, InterruptedException {
        Faults.Kind kind = fault.orElse(Faults.Kind.TORN);
        if (fault.isPresent() && kind == Faults.Kind.BUSY) {
            exchange.getResponseHeaders().set("Retry-After", "1");
            send(exchange, 429, error("too many requests"));
            return;
        }
        await();
        if (fault.isPresent() && kind == Faults.Kind.DROP) {
            exchange.close();
        } else {
            send(exchange, fault.isPresent() && kind == Faults.Kind.ERROR ? 500 : 200, body);
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

    private byte[] body(Call call, Optional<Faults.Kind> fault) {
        String words = cast.answer(call);
        String kind = fault.map(Faults.Kind::label).orElse("");
        String said = switch (kind) {
            case "malformed" -> "Gladly: " + words.replace("\":", "\"=");
            case "truncated" -> words.substring(0, words.length() / 2);
            default -> words;
        };
        ObjectNode answer = kind.equals("500") ? error("internal error") : completion(call, said, kind);
        byte[] bytes = Json.line(answer).getBytes(StandardCharsets.UTF_8);
        return kind.equals("torn") ? java.util.Arrays.copyOf(bytes, bytes.length / 2) : bytes;
    }

    private static ObjectNode completion(Call call, String said, String kind) {
        // Characters over four is what tokens roughly are; a picture counts as the base model of the greenhouse counts
        // it.
        long prompt = Json.line(call.body()).length() / 4 + 9L * call.pictures();
        ObjectNode answer = Json.object().put("id", "chatcmpl-" + call.key()).put("object", "chat.completion");
        answer.put("created", 0).put("model", MODEL);
        ObjectNode choice = answer.putArray("choices").addObject().put("index", 0);
        choice.putObject("message").put("role", "assistant").put("content", said);
        choice.put("finish_reason", kind.equals("truncated") ? "length" : "stop");
        long completion = Math.ceilDiv(said.length(), 4);
        answer.putObject("usage")
                .put("prompt_tokens", prompt)
                .put("completion_tokens", completion)
                .put("total_tokens", prompt + completion);
        return answer;
    }

    private static ObjectNode models() {
        ObjectNode models = Json.object().put("object", "list");
        models.putArray("data").addObject().put("id", MODEL).put("object", "model");
        return models;
    }

    private static ObjectNode error(String message) {
        ObjectNode error = Json.object();
        error.putObject("error").put("message", message);
        return error;
    }

    private static void send(HttpExchange exchange, int status, ObjectNode body) throws IOException {
        send(exchange, status, Json.line(body).getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
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
        server.stop(0);
        threads.shutdownNow();
        ledger.close();
    }
}
