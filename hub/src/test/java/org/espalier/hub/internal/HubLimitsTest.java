package org.espalier.hub.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.espalier.hub.repository.HubPlace;
import org.espalier.hub.repository.HubReference;
import org.espalier.hub.repository.RemoteFile;
import org.espalier.hub.repository.RepositoryName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Hubs that hold us up by time, pace and number, with limits that are over soon. */
@Timeout(60)
class HubLimitsTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final Duration SOON = Duration.ofMillis(600);
    private static final HubLimits SMALL = limits(SOON, Duration.ofSeconds(20), SOON);

    private static HubLimits limits(Duration answer, Duration silence, Duration pace) {
        return new HubLimits(answer, silence, pace, Duration.ofMillis(5), 1 << 20, 5, 20);
    }

    @TempDir
    Path folder;

    private interface Answer {
        void give(HttpExchange exchange) throws IOException, InterruptedException;
    }

    private interface Asking {
        void of(HubClient hub) throws IOException;
    }

    private void with(HubLimits limits, Answer answer, Asking asking) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                answer.give(exchange);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
        try (HubClient hub = new HubClient(place(server.getAddress().getPort()), 1, limits)) {
            asking.of(hub);
        } finally {
            server.stop(0);
            threads.shutdownNow();
        }
    }

    private HubPlace place(int port) {
        return HubPlace.of(Map.of(
                "HF_ENDPOINT", "http://127.0.0.1:" + port,
                "HF_HUB_CACHE", folder.resolve("cache").toString(),
                "HF_TOKEN_PATH", folder + "/none"));
    }

    private static void drip(HttpExchange exchange, byte[] piece, int bytes) throws IOException, InterruptedException {
        exchange.sendResponseHeaders(200, bytes);
        try (OutputStream out = exchange.getResponseBody()) {
            for (int sent = 0; sent < bytes; sent += piece.length) {
                out.write(piece);
                out.flush();
                Thread.sleep(50);
            }
        }
    }

    private static void say(HttpExchange exchange, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Test
    void jsonThatDripsIsBrokenOff() throws IOException {
        with(
                SMALL,
                exchange -> drip(exchange, " ".getBytes(StandardCharsets.US_ASCII), 100_000),
                hub -> assertThatThrownBy(() -> hub.json(hub.address("x")))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("its answer took longer than"));
    }

    /** No byte of it is missing for longer than the connection's own patience. */
    @Test
    void aHeadThatDripsIsBrokenOff() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                HubClient hub = new HubClient(place(server.getLocalPort()), 1, SMALL)) {
            Thread dripping = Thread.ofVirtual().start(() -> drip(server));
            assertThatThrownBy(() -> hub.json(hub.address("x")))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessage("no whole head of an answer came in time");
            dripping.interrupt();
        }
    }

    private static void drip(ServerSocket server) {
        try (Socket caller = server.accept()) {
            OutputStream out = caller.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\nX: ".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 1000; i++) {
                out.write('y');
                Thread.sleep(50);
            }
        } catch (IOException | InterruptedException e) {
            // The caller has left.
        }
    }

    @Test
    void aServerThatFallsSilentIsLeft() throws IOException {
        HubLimits impatient = limits(Duration.ofMinutes(1), Duration.ofMillis(400), SOON);
        with(
                impatient,
                exchange -> {
                    exchange.sendResponseHeaders(200, 10);
                    exchange.getResponseBody().write('[');
                    exchange.getResponseBody().flush();
                    Thread.sleep(60_000);
                },
                hub -> assertThatThrownBy(() -> hub.json(hub.address("x"))).isInstanceOf(SocketTimeoutException.class));
    }

    @Test
    void jsonBeyondItsLengthIsRefused() throws IOException {
        with(
                SMALL,
                exchange -> say(exchange, " ".repeat((1 << 20) + 1)),
                hub -> assertThatThrownBy(() -> hub.json(hub.address("x")))
                        .hasMessage("its answer is longer than 1 MiB"));
    }

    /** Six tries, each of which is given up; what came is kept for the next. */
    @Test
    void aFileThatDripsIsGivenUpAndWhatCameOfItIsKept() throws IOException {
        byte[] content = new byte[1 << 20];
        RemoteFile file = new RemoteFile("weights", content.length, Content.git(content));
        with(
                limits(SOON, Duration.ofSeconds(20), Duration.ofMillis(120)),
                exchange -> {
                    String range = String.valueOf(exchange.getRequestHeaders().getFirst("Range"));
                    int from = range.startsWith("bytes=") ? Integer.parseInt(range.replaceAll("\\D", "")) : 0;
                    exchange.getResponseHeaders()
                            .set("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
                    exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length - from);
                    for (int sent = from; sent < content.length; sent++) {
                        exchange.getResponseBody().write(0);
                        exchange.getResponseBody().flush();
                        Thread.sleep(10);
                    }
                },
                hub -> {
                    Path blobs = folder.resolve("blobs");
                    BlobDownload download =
                            new BlobDownload(hub, file, hub.address("x"), blobs, folder.resolve("locks"), _ -> {});
                    assertThatThrownBy(download::run)
                            .isInstanceOf(SocketTimeoutException.class)
                            .hasMessageContaining("less than 2 kB a second");
                    assertThat(Files.size(blobs.resolve(file.hash() + ".incomplete")))
                            .isBetween(6L, (long) content.length - 1);
                });
    }

    private static void listed(HubClient hub) throws IOException {
        Listing.of(hub, HubReference.parse(RepositoryName.Kind.MODEL, "some/model"));
    }

    /** Pages of so many files each, without an end. */
    private static Answer pages(int files) {
        return exchange -> {
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            if (!exchange.getRequestURI().getPath().contains("/tree/")) {
                say(exchange, "{\"sha\": \"" + COMMIT + "\"}");
                return;
            }
            int page = query.contains("cursor=") ? Integer.parseInt(query.replaceAll(".*cursor=", "")) : 0;
            String host = exchange.getRequestHeaders().getFirst("Host");
            exchange.getResponseHeaders()
                    .set(
                            "Link",
                            "<http://" + host + exchange.getRequestURI().getPath() + "?cursor=" + (page + 1)
                                    + ">; rel=\"next\"");
            StringBuilder entries = new StringBuilder("[");
            for (int i = 0; i < files; i++) {
                entries.append(i > 0 ? "," : "")
                        .append("{\"type\": \"file\", \"path\": \"f" + page + "-" + i + "\", \"size\": 0, \"oid\": \"")
                        .append(Content.git(new byte[0]))
                        .append("\"}");
            }
            say(exchange, entries + "]");
        };
    }

    @Test
    void aListOfMorePagesOrFilesThanAnybodyHasIsRefused() throws IOException {
        with(SMALL, pages(0), hub -> assertThatThrownBy(() -> listed(hub)).hasMessageContaining("without end"));
        with(SMALL, pages(11), hub -> assertThatThrownBy(() -> listed(hub)).hasMessageContaining("without end"));
    }
}
