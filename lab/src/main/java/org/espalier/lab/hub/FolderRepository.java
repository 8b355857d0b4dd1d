package org.espalier.lab.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Sha256;
import org.espalier.hub.internal.Content;
import org.espalier.hub.repository.RemoteFile;
import tools.jackson.databind.JsonNode;

/**
 * A repository that is a plain folder. It has one branch, {@code main}, and one commit, the newest, whose name follows from its
 * content. A file {@code .private} or {@code .gated} in it makes it so.
 */
record FolderRepository(Path folder) {
    private static final long LARGE = 10 << 20;

    boolean exists() {
        return Files.isDirectory(folder);
    }

    boolean isMarked(String mark) {
        return Files.exists(folder.resolve("." + mark));
    }

    /** Makes it. */
    void create(boolean hidden) throws IOException {
        Files.createDirectories(folder);
        if (hidden) {
            AtomicFile.write(folder.resolve(".private"), "");
        }
    }

    /** Its files by path; hidden ones are none of them. */
    SortedMap<String, RemoteFile> files() {
        SortedMap<String, RemoteFile> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                String path = folder.relativize(file).toString().replace('\\', '/');
                if (!("/" + path).contains("/.")) {
                    files.put(path, listed(path, file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private static RemoteFile listed(String path, Path file) throws IOException {
        long bytes = Files.size(file);
        return isLarge(path, bytes)
                ? new RemoteFile(path, bytes, Sha256.of(file))
                : new RemoteFile(path, bytes, Content.git(Files.readAllBytes(file)));
    }

    static boolean isLarge(String path, long bytes) {
        return bytes > 0 && (bytes > LARGE || path.matches(".*\\.(safetensors|parquet|bin|zip|png)"));
    }

    /** Forty digits that name the state. */
    static String commit(SortedMap<String, RemoteFile> files) {
        StringBuilder all = new StringBuilder();
        files.values()
                .forEach(file ->
                        all.append(file.path()).append(' ').append(file.hash()).append('\n'));
        return Content.git(all.toString().getBytes(StandardCharsets.UTF_8));
    }

    Path file(String path) {
        return folder.resolve(path);
    }

    /** Applies the lines of a commit; large files are taken from {@code uploads}, where they lie under their hashes. */
    void apply(List<JsonNode> lines, Path uploads) throws IOException {
        for (JsonNode line : lines) {
            JsonNode value = line.path("value");
            switch (line.path("key").asString("")) {
                case "header" -> {}
                case "file" -> {
                    byte[] bytes = java.util.Base64.getDecoder()
                            .decode(value.path("content").asString(""));
                    Path place = place(value, bytes.length, Content.git(bytes));
                    AtomicFile.write(place, out -> out.write(bytes));
                }
                case "lfsFile" -> {
                    String hash = value.path("oid").asString("");
                    Path place = place(value, value.path("size").asLong(0), hash);
                    Path upload = uploads.resolve(hash);
                    AtomicFile.write(place, out -> Files.copy(upload, out));
                }
                case "deletedFile" -> Files.deleteIfExists(place(value, 0, Content.git(new byte[0])));
                default -> throw new IOException("unknown line of a commit: " + line.path("key"));
            }
        }
    }

    /** A place below the folder; throws for every other. */
    private Path place(JsonNode value, long bytes, String hash) {
        return file(new RemoteFile(value.path("path").asString(""), bytes, hash).path());
    }
}
