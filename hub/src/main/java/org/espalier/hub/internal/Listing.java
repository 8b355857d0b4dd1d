package org.espalier.hub.internal;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.hub.internal.HubClient.Page;
import org.espalier.hub.repository.HubReference;
import org.espalier.hub.repository.RemoteFile;
import tools.jackson.databind.JsonNode;

/**
 * What a version of a repository holds.
 *
 * @param commit 40 hexadecimal digits
 * @param files by path
 */
public record Listing(String commit, SortedMap<String, RemoteFile> files) {
    /** Asks the hub. */
    public static Listing of(HubClient hub, HubReference what) throws IOException {
        String api = what.repository().api();
        String commit = hub.json(hub.address(api + "/revision/" + encoded(what.revision())))
                .json()
                .path("sha")
                .asString("");
        if (!commit.matches("[0-9a-f]{40}")) {
            throw new IOException("it names no commit, so it does not speak the API of a Hugging Face hub");
        }
        SortedMap<String, RemoteFile> files = new TreeMap<>();
        Optional<URI> next = Optional.of(hub.address(api + "/tree/" + commit + "?recursive=true&expand=false"));
        for (int page = 0; next.isPresent(); page++) {
            URI address = next.get();
            if (page == hub.limits().pages() || files.size() > hub.limits().files() || !hub.isHub(address)) {
                throw new IOException("its list of files goes on elsewhere, or without end");
            }
            Page read = hub.json(address);
            if (!read.json().isArray()) {
                throw new IOException("its list of files is none");
            }
            for (JsonNode entry : read.json()) {
                add(files, entry);
            }
            next = read.next();
        }
        return new Listing(commit, files);
    }

    private static void add(SortedMap<String, RemoteFile> files, JsonNode entry) throws IOException {
        if (!entry.path("type").asString("").equals("file")) {
            return;
        }
        JsonNode large = entry.path("lfs");
        JsonNode from = large.isObject() ? large : entry;
        String path = entry.path("path").asString("");
        RemoteFile file = new RemoteFile(
                path, from.path("size").asLong(-1), from.path("oid").asString(""));
        if (files.put(path, file) != null) {
            throw new IOException("it lists " + path + " twice");
        }
    }

    /** A text as one part of an address. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A path as parts of an address. */
    public static String encodedPath(String path) {
        return encoded(path).replace("%2F", "/");
    }
}
