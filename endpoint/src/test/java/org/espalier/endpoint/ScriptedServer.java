package org.espalier.endpoint;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** A server on the loopback address that answers its calls, counted from 0, by a script, and remembers them. */
final class ScriptedServer implements AutoCloseable {
    /** An answer; status 0 drops the connection. */
    record Reply(int status, String body, Map<String, String> headers) {
        static Reply of(int status, String body) {
            return new Reply(status, body, Map.of());
        }

        /** What an OpenAI-compatible server says. */
        static Reply words(String text) {
            return of(200, """
                {"id":"1","object":"chat.completion","created":0,"model":"m","choices":[{"index":0,
                "message":{"role":"assistant","content":"%s"},"finish_reason":"stop"}],
                "usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100,
                "prompt_tokens_details":{"cached_tokens":400}}}\
                """.formatted(text));
        }
    }

    record Call(String path, String protocol, Map<String, List<String>> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, List.of("")).getFirst();
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final IntFunction<Reply> script;
    private final List<Call> calls = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    ScriptedServer(IntFunction<Reply> script) throws IOException {
        this.script = script;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    List<Call> calls() {
        return List.copyOf(calls);
    }

    int mostAtOnce() {
        return most.get();
    }

    private void answer(HttpExchange exchange) {
        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            int number;
            synchronized (calls) {
                number = calls.size();
                calls.add(new Call(
                        exchange.getRequestURI().toString(),
                        exchange.getProtocol(),
                        Map.copyOf(exchange.getRequestHeaders()),
                        body));
            }
            Reply reply = script.apply(number);
            inside.decrementAndGet();
            if (reply.status() > 0) {
                reply.headers().forEach(exchange.getResponseHeaders()::set);
                byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(reply.status(), bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
