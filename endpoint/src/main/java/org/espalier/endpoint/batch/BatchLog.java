package org.espalier.endpoint.batch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.espalier.core.file.Fields;
import org.espalier.core.file.Json;
import org.espalier.core.file.JsonLines;
import org.espalier.core.file.LineLog;
import tools.jackson.databind.node.ObjectNode;

/**
 * What became of the batches of a run, for whoever goes on with it: a line before one is handed in, one with its id, one
 * when its results are in the journal. Each is on the disk before anything else is done. Thread-safe.
 */
public final class BatchLog implements AutoCloseable {
    /**
     * A batch whose results are not in the journal.
     *
     * @param after the provider's newest batch before, as {@link BatchInterface#newest} said
     * @param id the provider's; empty where the process ended before it was told
     */
    public record Open(String tag, int count, Instant begun, Optional<String> after, Optional<String> id) {}

    private static final Pattern TAG = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final Map<String, Open> open = new LinkedHashMap<>();
    private final LineLog log;

    private BatchLog(LineLog log) {
        this.log = log;
    }

    /** @param file which need not be there yet */
    public static BatchLog open(Path file) {
        BatchLog batches = new BatchLog(LineLog.open(file));
        if (Files.exists(file)) {
            JsonLines.read(file, batches::read);
        }
        return batches;
    }

    private void read(Fields line) {
        String tag = line.words("tag");
        // Files are named after it, and deleted: a log from somebody else may call another place.
        if (!TAG.matcher(tag).matches()) {
            line.wrong("tag", "is not one of this program's");
            return;
        }
        switch (line.text("event")) {
            case "begun" ->
                open.put(
                        tag,
                        new Open(
                                tag,
                                line.integer("count"),
                                Instant.ofEpochMilli(line.whole("at")),
                                line.has("after") ? Optional.of(line.text("after")) : Optional.empty(),
                                Optional.empty()));
            case "made" -> open.computeIfPresent(tag, (_, one) -> made(one, line.words("id")));
            case "done" -> open.remove(tag);
            default -> line.wrong("event", "is none that is known");
        }
    }

    private static Open made(Open one, String id) {
        return new Open(one.tag(), one.count(), one.begun(), one.after(), Optional.of(id));
    }

    /** Those whose results are not in the journal. */
    public synchronized List<Open> waiting() {
        return List.copyOf(open.values());
    }

    /** Ids of those. */
    public synchronized Set<String> ids() {
        return open.values().stream().flatMap(one -> one.id().stream()).collect(Collectors.toSet());
    }

    /** One is about to be handed in. */
    public synchronized void begun(String tag, int count, Optional<String> after) {
        Instant now = Instant.now();
        write(tag, "begun", line -> {
            after.ifPresent(newest -> line.put("after", newest));
            return line.put("count", count).put("at", now.toEpochMilli());
        });
        open.put(tag, new Open(tag, count, now, after, Optional.empty()));
    }

    /** The provider has it. */
    public synchronized void made(String tag, String id) {
        write(tag, "made", line -> line.put("id", id));
        open.computeIfPresent(tag, (_, one) -> made(one, id));
    }

    /** Its results are in the journal, or it never was one. */
    public synchronized void done(String tag) {
        write(tag, "done", line -> line);
        open.remove(tag);
    }

    private void write(String tag, String event, java.util.function.UnaryOperator<ObjectNode> more) {
        log.append(List.of(Json.line(more.apply(Json.object().put("tag", tag).put("event", event)))));
    }

    @Override
    public synchronized void close() {
        log.close();
    }
}
