package org.espalier.endpoint.batch;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.espalier.core.file.Fields;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.Folders;
import org.espalier.core.file.Json;
import org.espalier.core.file.JsonLines;
import org.espalier.core.file.LineIndex;
import org.espalier.core.file.OwnerOnly;
import org.espalier.core.file.Problems;
import org.espalier.endpoint.internal.PictureBody;
import org.espalier.endpoint.wire.EncodedPicture;

/**
 * The requests of one batch on the disk: what will be sent, pictures and all, until it is sent; and what stands for it in
 * the journal, until its results are there. In memory are keys alone. Not thread-safe.
 */
public final class RequestSpool {
    private static final String SENT = ".jsonl";
    private static final String ASKED = ".asked.jsonl";

    private final String tag;
    private final Path folder;
    private final Map<String, Integer> places = new HashMap<>();
    private Optional<OutputStream> sent = Optional.empty();
    private Optional<OutputStream> asked = Optional.empty();
    private long bytes;

    private RequestSpool(String tag, Path folder) {
        this.tag = tag;
        this.folder = folder;
    }

    /** A new one. */
    public static RequestSpool begin(String tag, Path folder) {
        RequestSpool spool = new RequestSpool(tag, folder);
        return FileTrouble.writing(folder, () -> {
            Files.createDirectories(folder);
            spool.sent = Optional.of(stream(spool.requests()));
            spool.asked = Optional.of(stream(spool.asked()));
            return spool;
        });
    }

    private static OutputStream stream(Path file) throws IOException {
        OwnerOnly.file(file);
        return new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
    }

    /** One that a process left. What it lacks, because that process ended while it was written, was never sent. */
    public static RequestSpool left(String tag, Path folder) {
        RequestSpool spool = new RequestSpool(tag, folder);
        if (Files.exists(spool.asked())) {
            Problems problems = new Problems(spool.asked());
            JsonLines.read(
                    spool.asked(),
                    problems,
                    (Fields line) -> spool.places.put(line.object().path("key").asString(""), spool.places.size()));
        }
        return spool;
    }

    public String tag() {
        return tag;
    }

    /** Lines that a provider takes. */
    public Path requests() {
        return folder.resolve(tag + SENT);
    }

    /** A file for what comes back. */
    public Path scratch() {
        return folder.resolve(tag + ".results.jsonl");
    }

    private Path asked() {
        return folder.resolve(tag + ASKED);
    }

    public int size() {
        return places.size();
    }

    /** Of what will be sent. */
    public long bytes() {
        return bytes;
    }

    public List<String> keys() {
        return new ArrayList<>(places.keySet());
    }

    public boolean holds(String key) {
        return places.containsKey(key);
    }

    /**
     * Adds a request.
     *
     * @param line as the provider takes it, pictures as their marks
     * @param body as the journal keeps it
     */
    public void add(String key, String line, String body, Collection<EncodedPicture> pictures) {
        FileTrouble.writing(requests(), () -> {
            PictureBody whole = new PictureBody(line, pictures);
            whole.writeTo(sent.orElseThrow());
            sent.orElseThrow().write('\n');
            asked.orElseThrow()
                    .write((Json.line(Json.object().put("key", key).put("body", body)) + "\n")
                            .getBytes(StandardCharsets.UTF_8));
            bytes += whole.getContentLength() + 1;
            places.put(key, places.size());
        });
    }

    /** No request is added any more. */
    public void seal() {
        FileTrouble.writing(requests(), () -> {
            sent.orElseThrow().close();
            asked.orElseThrow().close();
        });
    }

    /** What was asked under a key, for the journal; empty where it was not kept. */
    public UnaryOperator<String> bodies() {
        LineIndex index = new LineIndex(asked());
        index.refresh();
        return key -> {
            Integer place = places.get(key);
            return place == null || place >= index.size()
                    ? ""
                    : Json.parse(index.line(place)).path("body").asString("");
        };
    }

    /** It was sent. */
    public void forgetRequests() {
        Folders.delete(requests());
    }

    /** All of it is in the journal. */
    public void forget() {
        Folders.delete(requests());
        Folders.delete(asked());
        Folders.delete(scratch());
    }
}
