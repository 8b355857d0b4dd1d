package org.espalier.store.work;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers every path with its own name after a while, refuses each tenth at first, and counts what it was paid for. */
final class CountingServer implements AutoCloseable {
    private static final int DELAY = 15;

    private final HttpServer server;
    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> paid = new ConcurrentHashMap<>();

    CountingServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** Answers given. */
    int answers() {
        return paid.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    /** Different answers given. */
    int different() {
        return paid.size();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        int before = asked.computeIfAbsent(path, key -> new AtomicInteger()).getAndIncrement();
        try (exchange) {
            Thread.sleep(DELAY);
            if (before == 0 && path.endsWith("7")) {
                exchange.sendResponseHeaders(429, -1);
                return;
            }
            paid.computeIfAbsent(path, key -> new AtomicInteger()).incrementAndGet();
            byte[] body = ("[" + path + "]").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
