package org.espalier.lab.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.espalier.core.file.Sha256;
import org.espalier.hub.repository.RemoteFile;

/** Where large files are put and got, at an address that is not the hub's and knows no token. */
final class LargeFiles implements AutoCloseable {
    private final Path folder;
    private final HttpServer server;
    private final AtomicInteger breaks;
    private final Map<String, Path> offered = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private LargeFiles(Path folder, HttpServer server, int breaks) {
        this.folder = folder;
        this.server = server;
        this.breaks = new AtomicInteger(breaks);
    }

    static LargeFiles start(Path folder, int breaks) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        LargeFiles files = new LargeFiles(folder, server, breaks);
        server.setExecutor(files.threads);
        server.createContext("/", files::answer);
        server.start();
        return files;
    }

    /** Where a content is put. Programs tell hubs by their host's name, so it is another than the hub's. */
    URI address(String hash) {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/" + hash);
    }

    /** Where a file can be got from now on. */
    URI offer(RemoteFile file, Path place) {
        offered.put(file.hash(), place);
        return address(file.hash());
    }

    boolean has(String hash) {
        return hash.matches("[0-9a-f]{64}") && Files.exists(folder.resolve(hash));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String hash = exchange.getRequestURI().getPath().substring(1);
            if (exchange.getRequestHeaders().containsKey("Authorization")) {
                Replies.refuse(exchange, 400, "", "Nobody is known here: a token went to the wrong place");
            } else if (exchange.getRequestMethod().equals("PUT") && hash.matches("[0-9a-f]{64}")) {
                take(exchange, hash);
            } else if (offered.containsKey(hash)) {
                boolean broken = exchange.getRequestMethod().equals("GET") && breaks.getAndDecrement() > 0;
                Replies.file(exchange, offered.getOrDefault(hash, folder), broken);
            } else {
                Replies.refuse(exchange, 404, "", "There is nothing here");
            }
        }
    }

    private void take(HttpExchange exchange, String hash) throws IOException {
        Files.createDirectories(folder);
        Path part = Files.createTempFile(folder, hash, ".part");
        Files.copy(exchange.getRequestBody(), part, StandardCopyOption.REPLACE_EXISTING);
        if (!Sha256.of(part).equals(hash)) {
            Files.delete(part);
            Replies.refuse(exchange, 400, "", "The content does not have that hash");
            return;
        }
        Files.move(part, folder.resolve(hash), StandardCopyOption.ATOMIC_MOVE);
        exchange.sendResponseHeaders(200, -1);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
