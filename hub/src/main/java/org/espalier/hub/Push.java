package org.espalier.hub;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.file.Json;
import org.espalier.hub.internal.HubClient;
import org.espalier.hub.internal.HubTrouble;
import org.espalier.hub.internal.LargeUpload;
import org.espalier.hub.internal.RefusedException;
import org.espalier.hub.repository.HubPlace;
import org.espalier.hub.repository.HubReference;
import org.espalier.hub.repository.HubToken;
import org.espalier.hub.repository.RepositoryName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Publishes files as one commit of a repository, which is made where there is none. Files of the repository that are not among
 * them stay.
 *
 * @param files by their paths in the repository
 * @param hidden whether only its owner may see the repository
 * @param summary what the commit says it is
 */
public record Push(SortedMap<String, Path> files, RepositoryName to, HubPlace place, boolean hidden, String summary) {
    private static final int SAMPLE = 512;
    private static final String JSON = "application/json";

    public Push {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /**
     * What came of it.
     *
     * @param commit of the repository
     * @param address where a person looks at the repository
     */
    public record Pushed(String commit, URI address) {}

    /**
     * Publishes.
     *
     * @throws InputException if there is no token, or it may not write there
     * @throws org.espalier.core.SurroundingsException if the hub cannot be reached, or answers nonsense
     */
    public Pushed run(Progress progress) {
        if (place.offline()) {
            throw new InputException(
                    "HF_HUB_OFFLINE or TRANSFORMERS_OFFLINE is set, so that no hub is asked: unset it to publish");
        }
        if (place.token().isEmpty()) {
            throw new InputException("publishing needs a token that may write: set HF_TOKEN, or store one where"
                    + " HF_TOKEN_PATH says");
        }
        try (HubClient hub = new HubClient(place, 1)) {
            create(hub);
            SortedMap<String, Path> large = large(hub);
            LargeUpload upload = new LargeUpload(hub, to, progress);
            SortedMap<String, String> hashes = upload.run(large);
            return commit(hub, large, hashes);
        } catch (IOException e) {
            if (e instanceof RefusedException refused && Set.of(401, 403).contains(refused.status())) {
                throw new InputException(
                        "the hub at " + place.endpoint() + " does not let the token in "
                                + place.token().map(HubToken::source).orElse("nothing")
                                + " write to " + to + " (" + refused.getMessage()
                                + "): see whether it may write, and whether " + to.owner() + " is you or yours",
                        e);
            }
            throw new HubTrouble(place, new HubReference(to, HubReference.MAIN)).of(e);
        }
    }

    private void create(HubClient hub) throws IOException {
        ObjectNode wanted = Json.object().put("type", to.kind().label());
        wanted.put("name", to.name()).put("organization", to.owner()).put("private", hidden);
        try {
            hub.post(hub.address("api/repos/create"), JSON, bytes(wanted));
        } catch (RefusedException e) {
            if (e.status() != 409) {
                throw e;
            }
            if (hidden
                    && !hub.json(hub.address(to.api())).json().path("private").asBoolean(false)) {
                throw new InputException(to + " is there already, and everybody can see it: make it private on the hub,"
                        + " choose another name, or leave --private out");
            }
        }
    }

    /** Those that the hub wants uploaded apart from the commit. */
    private SortedMap<String, Path> large(HubClient hub) throws IOException {
        ObjectNode asked = Json.object();
        ArrayNode list = asked.putArray("files");
        for (String path : files.keySet()) {
            Path file = file(path);
            ObjectNode entry = list.addObject().put("path", path).put("size", Files.size(file));
            try (InputStream in = Files.newInputStream(file)) {
                entry.put("sample", Base64.getEncoder().encodeToString(in.readNBytes(SAMPLE)));
            }
        }
        SortedMap<String, Path> large = new TreeMap<>();
        JsonNode said = hub.post(hub.address(to.api() + "/preupload/" + HubReference.MAIN), JSON, bytes(asked));
        for (JsonNode entry : said.path("files")) {
            String path = entry.path("path").asString("");
            if (entry.path("uploadMode").asString("").equals("lfs") && files.containsKey(path)) {
                large.put(path, file(path));
            }
        }
        return large;
    }

    private Path file(String path) {
        Path file = files.get(path);
        if (file == null) {
            throw new IllegalStateException(path + " is not among the files");
        }
        return file;
    }

    private Pushed commit(HubClient hub, SortedMap<String, Path> large, SortedMap<String, String> hashes)
            throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        ObjectNode header = Json.object().put("key", "header");
        header.putObject("value").put("summary", summary).put("description", "");
        line(lines, header);
        for (String path : files.keySet()) {
            ObjectNode entry = Json.object().put("key", large.containsKey(path) ? "lfsFile" : "file");
            ObjectNode value = entry.putObject("value").put("path", path);
            if (large.containsKey(path)) {
                value.put("algo", "sha256").put("oid", hashes.get(path)).put("size", Files.size(file(path)));
            } else {
                value.put("encoding", "base64");
                value.put("content", Base64.getEncoder().encodeToString(Files.readAllBytes(file(path))));
            }
            line(lines, entry);
        }
        JsonNode said = hub.post(
                hub.address(to.api() + "/commit/" + HubReference.MAIN), "application/x-ndjson", lines.toByteArray());
        return new Pushed(said.path("commitOid").asString(""), hub.address(to.address()));
    }

    private static void line(ByteArrayOutputStream lines, ObjectNode entry) {
        lines.writeBytes(bytes(entry));
        lines.write('\n');
    }

    private static byte[] bytes(ObjectNode json) {
        return Json.line(json).getBytes(StandardCharsets.UTF_8);
    }
}
