package org.espalier.hub;

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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.espalier.core.Progress;
import org.espalier.core.SurroundingsException;
import org.espalier.hub.internal.Content;
import org.espalier.hub.repository.HubPlace;
import org.espalier.hub.repository.HubReference;
import org.espalier.hub.repository.RepositoryName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hubs that lie, ramble or lead astray: one sentence, and nothing outside the cache. */
class HostileHubTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final String HELLO = Content.git("hello".getBytes(StandardCharsets.UTF_8));

    @TempDir
    Path folder;

    private interface Answer {
        void give(HttpExchange exchange) throws IOException;
    }

    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            try (exchange) {
                answers.getOrDefault(exchange.getRequestURI().getPath(), HostileHubTest::missing)
                        .give(exchange);
            }
        });
        server.start();
        answers.put("/api/models/some/model/revision/main", text("{\"sha\": \"" + COMMIT + "\"}"));
        lists("[{'type': 'file', 'path': 'config.json', 'size': 5, 'oid': '" + HELLO + "'}]");
        answers.put("/some/model/resolve/" + COMMIT + "/config.json", text("hello"));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static void missing(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(404, -1);
    }

    private static Answer text(String body) {
        return exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    private Answer redirect(String to) {
        return exchange -> {
            exchange.getResponseHeaders().set("Location", to);
            exchange.sendResponseHeaders(302, -1);
        };
    }

    /** A body without an end. */
    private static void endless(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            byte[] piece = new byte[1 << 16];
            for (long i = 0; i < 1L << 24; i++) {
                out.write(piece);
            }
        }
    }

    private void lists(String tree) {
        answers.put("/api/models/some/model/tree/" + COMMIT, text(tree.replace('\'', '"')));
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private Pull.Pulled pull(String... token) {
        Map<String, String> environment = Map.of(
                "HF_ENDPOINT",
                address(),
                "HF_HUB_CACHE",
                folder.resolve("a/cache").toString(),
                "HF_TOKEN_PATH",
                folder + "/none",
                "HF_TOKEN",
                token.length > 0 ? token[0] : "");
        HubReference what = HubReference.parse(RepositoryName.Kind.MODEL, "some/model");
        return new Pull(what, HubPlace.of(environment), List.of("*")).run(Progress.SILENT);
    }

    private void refuses(String part) throws IOException {
        assertThatThrownBy(this::pull).isInstanceOf(SurroundingsException.class).hasMessageContaining(part);
        try (Stream<Path> made = Files.walk(folder)) {
            assertThat(made.filter(Files::isRegularFile))
                    .allMatch(file ->
                            file.toString().endsWith(".lock") || file.toString().endsWith(".incomplete"));
        }
    }

    @Test
    void anHonestAnswerIsTaken() {
        assertThat(pull().folder().resolve("config.json")).hasContent("hello");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../x",
                "a/../../x",
                "/etc/x",
                "a//b",
                "",
                ".",
                "a/./b",
                "..",
                "a\\\\..\\\\x",
                "a/\\u0000",
                "x\\ny"
            })
    void aNameThatLeavesTheRepositoryIsRefused(String name) throws IOException {
        lists("[{'type': 'file', 'path': '" + name + "', 'size': 5, 'oid': '" + HELLO + "'}]");
        refuses("lists a file that cannot be");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../../x", "main", "", "0123456789abcdef0123456789abcdef0123456/"})
    void aHashThatIsNoneIsRefused(String hash) throws IOException {
        lists("[{'type': 'file', 'path': 'config.json', 'size': 5, 'oid': '" + hash + "'}]");
        refuses("lists a file that cannot be");
    }

    @Test
    void aCommitThatIsNoneIsRefused() throws IOException {
        answers.put("/api/models/some/model/revision/main", text("{\"sha\": \"../../..\"}"));
        refuses("names no commit");
    }

    @Test
    void otherContentThanListedIsNotKept() throws IOException {
        answers.put("/some/model/resolve/" + COMMIT + "/config.json", text("jello"));
        refuses("its hash differs");
        answers.put("/some/model/resolve/" + COMMIT + "/config.json", text("hello there"));
        refuses("longer than the 5 bytes");
        answers.put("/some/model/resolve/" + COMMIT + "/config.json", HostileHubTest::endless);
        refuses("longer than the 5 bytes");
    }

    @Test
    void aListWithoutAnEndOrAPageForPeopleIsRefused() throws IOException {
        answers.put("/api/models/some/model/revision/main", text("<html>Sign in to this network</html>"));
        refuses("is not JSON");
        answers.put("/api/models/some/model/revision/main", HostileHubTest::endless);
        refuses("longer than 64 MiB");
    }

    @Test
    @Timeout(60)
    void aHeadWithoutAnEndIsRefused() throws IOException {
        try (ServerSocket hub = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> ramble(hub));
            HubReference what = HubReference.parse(RepositoryName.Kind.MODEL, "some/model");
            HubPlace place = HubPlace.of(Map.of(
                    "HF_ENDPOINT",
                    "http://127.0.0.1:" + hub.getLocalPort(),
                    "HF_HUB_CACHE",
                    folder.resolve("a/cache").toString(),
                    "HF_TOKEN_PATH",
                    folder + "/none"));
            assertThatThrownBy(() -> new Pull(what, place, List.of("*")).run(Progress.SILENT))
                    .isInstanceOf(SurroundingsException.class)
                    .hasMessageContaining("Maximum header count exceeded");
        }
    }

    private static void ramble(ServerSocket hub) {
        try (Socket caller = hub.accept()) {
            caller.getInputStream().read(new byte[1 << 16]);
            OutputStream out = caller.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] field = ("X: " + "y".repeat(8000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 5_000_000; i++) {
                out.write(field);
            }
        } catch (IOException e) {
            // The caller has left.
        }
    }

    @Test
    void aListThatGoesOnInCirclesOrElsewhereIsRefused() throws IOException {
        String tree = "/api/models/some/model/tree/" + COMMIT;
        answers.put(tree, exchange -> {
            exchange.getResponseHeaders().set("Link", "<" + address() + tree + "?cursor=1>; rel=\"next\"");
            text("[]").give(exchange);
        });
        refuses("without end");
        answers.put(tree, exchange -> {
            exchange.getResponseHeaders().set("Link", "<http://localhost:1/x>; rel=\"next\"");
            text("[]").give(exchange);
        });
        refuses("goes on elsewhere");
    }

    @Test
    void redirectsInCirclesAndToOtherThanTheWebAreRefused() throws IOException {
        answers.put("/api/models/some/model/revision/main", redirect("/api/models/some/model/revision/main"));
        refuses("redirects more than");
        answers.put("/api/models/some/model/revision/main", redirect("file:///etc/hostname"));
        refuses("redirects to where nothing is fetched from");
        answers.put("/api/models/some/model/revision/main", redirect("http://["));
        refuses("redirects to what is no address");
    }

    @Test
    void twoFilesThatCannotBeSideBySideAreRefused() throws IOException {
        String entry = "{'type': 'file', 'path': '%s', 'size': 5, 'oid': '" + HELLO + "'}";
        answers.put("/some/model/resolve/" + COMMIT + "/config.json/x", text("hello"));
        lists("[" + entry.formatted("config.json") + "," + entry.formatted("config.json/x") + "]");
        assertThatThrownBy(this::pull).isInstanceOf(SurroundingsException.class).hasMessageContaining("config.json");
        lists("[" + entry.formatted("config.json") + "," + entry.formatted("config.json") + "]");
        assertThatThrownBy(this::pull).isInstanceOf(SurroundingsException.class).hasMessageContaining("twice");
    }

    @Test
    void theTokenGoesToTheHubAloneAndIsQuotedByNoMessage() throws IOException {
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Map<String, Optional<String>> seen = new ConcurrentHashMap<>();
        other.createContext("/", exchange -> {
            seen.put("other", Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")));
            text("hello").give(exchange);
            exchange.close();
        });
        other.start();
        try {
            String config = "/some/model/resolve/" + COMMIT + "/config.json";
            answers.put(config, exchange -> {
                seen.put("hub", Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")));
                redirect("http://127.0.0.1:" + other.getAddress().getPort() + "/x")
                        .give(exchange);
            });
            pull("hf_secret");
            assertThat(seen)
                    .containsEntry("hub", Optional.of("Bearer hf_secret"))
                    .containsEntry("other", Optional.empty());
        } finally {
            other.stop(0);
        }
        answers.put("/api/models/some/model/revision/main", exchange -> {
            exchange.getResponseHeaders().set("X-Error-Message", "no hf_secret here");
            exchange.sendResponseHeaders(403, -1);
        });
        assertThatThrownBy(() -> pull("hf_secret"))
                .hasMessageContaining("no *** here")
                .hasMessageNotContaining("hf_secret");
    }

    @Test
    void moreBytesThanTheDiskHasAreRefusedBeforehand() throws IOException {
        lists("[{'type': 'file', 'path': 'config.json', 'size': " + (1L << 49) + ", 'oid': '" + HELLO + "'}]");
        refuses("MB are free");
    }
}
