package org.espalier.lab.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.espalier.core.SurroundingsException;
import org.espalier.core.file.Json;
import org.espalier.hub.repository.RemoteFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A small hub on this machine alone: {@code ROOT/OWNER/NAME} are its models, {@code ROOT/datasets/OWNER/NAME} its data sets. It
 * speaks what programs use to fetch and publish: versions, lists of files, contents, new repositories, uploads and commits.
 * Large files come from a second address, as they do from the hubs that people use.
 */
public final class FolderHub implements AutoCloseable {
    private static final Pattern API = Pattern.compile("/api/(models|datasets)/([^/]+/[^/]+?)(?:/(\\w+)/([^/]+))?");
    private static final Pattern FILE = Pattern.compile("/(datasets/)?([^/]+/[^/]+)/resolve/([^/]+)/(.+)");
    private static final Pattern BATCH = Pattern.compile("/(datasets/)?([^/]+/[^/]+)\\.git/info/lfs/objects/batch");

    private final Path root;
    private final Optional<String> token;
    private final HttpServer server;
    private final LargeFiles large;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private FolderHub(Path root, Optional<String> token, HttpServer server, LargeFiles large) {
        this.root = root;
        this.token = token;
        this.server = server;
        this.large = large;
    }

    /**
     * Starts it on the loopback address.
     *
     * @param port 0 for any that is free
     * @param token that writing, and seeing what is private or gated, needs; empty where everybody may
     * @param breaks how many downloads of large files break off half-way, from the first on
     */
    public static FolderHub start(Path root, int port, Optional<String> token, int breaks) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            FolderHub hub = new FolderHub(root, token, server, LargeFiles.start(root.resolve(".uploads"), breaks));
            server.setExecutor(hub.threads);
            server.createContext("/", hub::answer);
            server.start();
            return hub;
        } catch (IOException e) {
            throw new SurroundingsException("A hub cannot be started on port " + port + ": " + e.getMessage(), e);
        }
    }

    /** Its address, without a slash at the end. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            Matcher api = API.matcher(path);
            Matcher file = FILE.matcher(path);
            Matcher batch = BATCH.matcher(path);
            if (path.equals("/api/repos/create")) {
                create(exchange);
            } else if (path.equals("/api/validate-yaml")) {
                ObjectNode fine = Json.object();
                fine.putArray("errors");
                fine.putArray("warnings");
                Replies.json(exchange, 200, fine);
            } else if (path.equals("/api/whoami-v2")) {
                Replies.json(exchange, 200, Json.object().put("type", "user").put("name", "somebody"));
            } else if (batch.matches()) {
                uploads(exchange);
            } else if (file.matches()) {
                String prefix = file.group(1) == null ? "" : file.group(1);
                content(exchange, repository(prefix + file.group(2)), file.group(3), file.group(4));
            } else if (api.matches()) {
                String prefix = api.group(1).equals("datasets") ? "datasets/" : "";
                api(
                        exchange,
                        prefix + api.group(2),
                        Optional.ofNullable(api.group(3)).orElse("revision"),
                        Optional.ofNullable(api.group(4)).orElse("main"));
            } else {
                Replies.refuse(exchange, 404, "", "There is nothing here");
            }
        } catch (RuntimeException e) {
            Replies.refuse(exchange, 400, "BadRequest", String.valueOf(e.getMessage()));
        }
    }

    private FolderRepository repository(String name) {
        if (!name.matches("(datasets/)?[A-Za-z0-9_][A-Za-z0-9._-]*/[A-Za-z0-9_][A-Za-z0-9._-]*")) {
            throw new IllegalArgumentException("no name of a repository");
        }
        return new FolderRepository(root.resolve(name));
    }

    private boolean known(HttpExchange exchange) {
        String said = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        return token.map(wanted -> said.equals("Bearer " + wanted)).orElse(true);
    }

    /** Refuses what may not be seen. @return whether it has */
    private boolean refused(HttpExchange exchange, FolderRepository repository) throws IOException {
        if (!repository.exists() || (repository.isMarked("private") && !known(exchange))) {
            Replies.refuse(exchange, known(exchange) ? 404 : 401, "RepoNotFound", "Repository not found");
        } else if (repository.isMarked("gated") && !known(exchange)) {
            Replies.refuse(exchange, 401, "GatedRepo", "Access to this repository is restricted");
        } else {
            return false;
        }
        return true;
    }

    private void create(HttpExchange exchange) throws IOException {
        JsonNode asked = Replies.body(exchange);
        if (!known(exchange)) {
            Replies.refuse(exchange, 401, "", "Invalid credentials in Authorization header");
            return;
        }
        String id = asked.path("organization").asString("somebody") + "/"
                + asked.path("name").asString("");
        boolean data = asked.path("type").asString("model").equals("dataset");
        FolderRepository repository = repository((data ? "datasets/" : "") + id);
        ObjectNode made = Json.object()
                .put("url", address() + "/" + (data ? "datasets/" : "") + id)
                .put("id", id);
        if (repository.exists()) {
            Replies.json(exchange, 409, made.put("error", "You already created this repository"));
            return;
        }
        repository.create(asked.path("private").asBoolean(false)
                || asked.path("visibility").asString("").equals("private"));
        Replies.json(exchange, 200, made);
    }

    private void api(HttpExchange exchange, String name, String verb, String revision) throws IOException {
        FolderRepository repository = repository(name);
        if (refused(exchange, repository)) {
            return;
        }
        SortedMap<String, RemoteFile> files = repository.files();
        String commit = FolderRepository.commit(files);
        if (!revision.equals("main") && !revision.equals(commit)) {
            Replies.refuse(exchange, 404, "RevisionNotFound", "Invalid rev id: " + revision);
            return;
        }
        switch (verb) {
            case "revision" -> Replies.json(exchange, 200, version(name, repository, commit, files));
            case "tree" -> Replies.json(exchange, 200, tree(files));
            case "preupload" -> Replies.json(exchange, 200, ways(Replies.body(exchange)));
            case "commit" -> commit(exchange, name, repository);
            default -> Replies.refuse(exchange, 404, "", "There is nothing here");
        }
    }

    private static ObjectNode version(
            String name, FolderRepository repository, String commit, SortedMap<String, RemoteFile> files) {
        String id = name.replaceFirst("^datasets/", "");
        ObjectNode version = Json.object().put("id", id).put("modelId", id).put("sha", commit);
        version.put("private", repository.isMarked("private")).put("gated", repository.isMarked("gated"));
        version.putArray("tags");
        ArrayNode siblings = version.putArray("siblings");
        files.keySet().forEach(path -> siblings.addObject().put("rfilename", path));
        return version;
    }

    private static ArrayNode tree(SortedMap<String, RemoteFile> files) {
        ArrayNode tree = Json.object().putArray("tree");
        files.values().forEach(file -> {
            ObjectNode entry = tree.addObject().put("type", "file").put("path", file.path());
            entry.put("size", file.bytes()).put("oid", file.hash().substring(0, 40));
            if (file.isLarge()) {
                entry.putObject("lfs")
                        .put("oid", file.hash())
                        .put("size", file.bytes())
                        .put("pointerSize", 130);
            }
        });
        return tree;
    }

    private static ObjectNode ways(JsonNode asked) {
        ObjectNode said = Json.object();
        ArrayNode files = said.putArray("files");
        asked.path("files").forEach(file -> {
            String path = file.path("path").asString("");
            boolean isLarge = FolderRepository.isLarge(path, file.path("size").asLong(0));
            files.addObject()
                    .put("path", path)
                    .put("uploadMode", isLarge ? "lfs" : "regular")
                    .put("shouldIgnore", false);
        });
        return said;
    }

    private void commit(HttpExchange exchange, String name, FolderRepository repository) throws IOException {
        if (!known(exchange)) {
            Replies.refuse(exchange, 403, "", "You may not write here");
            return;
        }
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        List<JsonNode> lines =
                body.lines().filter(line -> !line.isBlank()).map(Json::parse).toList();
        repository.apply(lines, root.resolve(".uploads"));
        String commit = FolderRepository.commit(repository.files());
        Replies.json(
                exchange,
                200,
                Json.object()
                        .put("success", true)
                        .put("commitOid", commit)
                        .put("commitUrl", address() + "/" + name + "/commit/" + commit)
                        .put("hookOutput", ""));
    }

    private void uploads(HttpExchange exchange) throws IOException {
        if (!known(exchange)) {
            Replies.refuse(exchange, 403, "", "You may not write here");
            return;
        }
        ObjectNode said = Json.object().put("transfer", "basic");
        ArrayNode objects = said.putArray("objects");
        Replies.body(exchange).path("objects").forEach(object -> {
            String hash = object.path("oid").asString("");
            ObjectNode entry = objects.addObject()
                    .put("oid", hash)
                    .put("size", object.path("size").asLong(0));
            if (!large.has(hash)) {
                entry.putObject("actions")
                        .putObject("upload")
                        .put("href", large.address(hash).toString());
            }
        });
        Replies.json(exchange, 200, said);
    }

    private void content(HttpExchange exchange, FolderRepository repository, String revision, String path)
            throws IOException {
        if (refused(exchange, repository)) {
            return;
        }
        SortedMap<String, RemoteFile> files = repository.files();
        String commit = FolderRepository.commit(files);
        RemoteFile file = files.get(path);
        if (file == null || (!revision.equals("main") && !revision.equals(commit))) {
            Replies.refuse(exchange, 404, file == null ? "EntryNotFound" : "RevisionNotFound", path + " is not there");
            return;
        }
        exchange.getResponseHeaders().set("X-Repo-Commit", commit);
        exchange.getResponseHeaders().set("ETag", '"' + file.hash() + '"');
        if (file.isLarge()) {
            exchange.getResponseHeaders().set("X-Linked-Etag", '"' + file.hash() + '"');
            exchange.getResponseHeaders().set("X-Linked-Size", Long.toString(file.bytes()));
            exchange.getResponseHeaders()
                    .set("Location", large.offer(file, repository.file(path)).toString());
            exchange.sendResponseHeaders(302, -1);
        } else {
            Replies.file(exchange, repository.file(path), false);
        }
    }

    /** Stops; what is under way breaks off. */
    @Override
    public void close() {
        server.stop(0);
        large.close();
        threads.shutdownNow();
    }
}
