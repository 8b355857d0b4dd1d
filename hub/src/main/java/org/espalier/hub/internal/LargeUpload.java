package org.espalier.hub.internal;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.core.Progress;
import org.espalier.core.file.Json;
import org.espalier.core.file.Sha256;
import org.espalier.hub.repository.RepositoryName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Uploads large files by the protocol of Git LFS: the hub says where each goes, and passes over those that it has. */
public record LargeUpload(HubClient hub, RepositoryName to, Progress progress) {
    private static final String LFS = "application/vnd.git-lfs+json";
    private static final int TRIES = 4;
    private static final long MEGABYTE = 1_000_000;

    /** Uploads them. @return their hashes, by path */
    public SortedMap<String, String> run(SortedMap<String, Path> files) throws IOException {
        SortedMap<String, String> hashes = new TreeMap<>();
        if (files.isEmpty()) {
            return hashes;
        }
        Map<String, Path> byHash = new TreeMap<>();
        ObjectNode asked = Json.object().put("operation", "upload").put("hash_algo", "sha256");
        asked.putArray("transfers").add("basic");
        ArrayNode objects = asked.putArray("objects");
        for (Map.Entry<String, Path> file : files.entrySet()) {
            String hash = Sha256.of(file.getValue());
            hashes.put(file.getKey(), hash);
            if (byHash.put(hash, file.getValue()) == null) {
                objects.addObject().put("oid", hash).put("size", Files.size(file.getValue()));
            }
        }
        URI address = hub.address(to.address() + ".git/info/lfs/objects/batch");
        byte[] body = Json.line(asked).getBytes(StandardCharsets.UTF_8);
        for (JsonNode object : hub.post(address, LFS, body).path("objects")) {
            Path file = byHash.get(object.path("oid").asString(""));
            if (file == null) {
                throw new IOException("it answers for a file that it was not asked about");
            }
            upload(object, file);
        }
        return hashes;
    }

    private void upload(JsonNode object, Path file) throws IOException {
        if (object.has("error")) {
            String said = object.path("error").path("message").asString("");
            throw new IOException("it does not take " + file.getFileName() + ": " + said.replaceAll("\\p{Cntrl}", " "));
        }
        JsonNode upload = object.path("actions").path("upload");
        if (upload.isMissingNode()) {
            return;
        }
        put(web(upload.path("href").asString("")), headers(upload), file);
        JsonNode verify = object.path("actions").path("verify");
        if (!verify.isMissingNode()) {
            ObjectNode said = Json.object().put("oid", object.path("oid").asString(""));
            said.put("size", Files.size(file));
            hub.post(web(verify.path("href").asString("")), LFS, Json.line(said).getBytes(StandardCharsets.UTF_8));
        }
    }

    private URI web(String address) throws IOException {
        try {
            URI read = URI.create(address);
            boolean web = "https".equals(read.getScheme())
                    || ("http".equals(read.getScheme())
                            && "http".equals(hub.address("").getScheme()));
            if (web && read.getHost() != null) {
                return read;
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("it names no address to upload to", e);
        }
        throw new IOException("it names no address to upload to");
    }

    /** What storages want with an upload; what says how a message is cut or who sends it is not the hub's to say. */
    private static Map<String, String> headers(JsonNode action) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        for (Map.Entry<String, JsonNode> header : action.path("header").properties()) {
            if (header.getKey().equals("chunk_size")) {
                throw new IOException("it wants the file in parts, which Espalier does not send");
            }
            String value = header.getValue().asString("");
            if (header.getKey().matches("(?i)x-[a-z0-9-]+|content-type") && !value.matches("(?s).*\\p{Cntrl}.*")) {
                headers.put(header.getKey(), value);
            }
        }
        return headers;
    }

    private void put(URI address, Map<String, String> headers, Path file) throws IOException {
        long total = Math.ceilDiv(Files.size(file), MEGABYTE);
        String name = "upload " + file.getFileName() + ", in MB";
        for (int tries = 1; ; tries++) {
            try {
                hub.put(
                        address,
                        headers,
                        file,
                        sent -> progress.at(name, Math.min(sent / MEGABYTE, Math.max(0, total - 1)), total, ""));
                progress.at(name, total, total, "");
                return;
            } catch (RefusedException e) {
                if (tries == TRIES || !e.passes()) {
                    throw e;
                }
            } catch (IOException e) {
                if (tries == TRIES) {
                    throw e;
                }
            }
        }
    }
}
