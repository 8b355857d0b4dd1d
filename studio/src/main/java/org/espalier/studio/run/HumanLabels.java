package org.espalier.studio.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.espalier.core.file.Json;
import org.espalier.core.file.JsonLines;
import org.espalier.core.file.LineLog;

/**
 * What people say of a run's answers, in {@code human-labels.jsonl} of its folder: a line for each time that somebody
 * says something, the last of a person counting (schema: {@code docs/schema/human-labels.schema.json}). Judges are
 * compared with it. Thread-safe within one process.
 */
public final class HumanLabels {
    /** Its name in the folder of a run. */
    public static final String NAME = "human-labels.jsonl";

    /** One judgement of a person. */
    public record Label(boolean safe, boolean effective) {}

    private record Place(String id, int sample, String reviewer) {}

    private final Path file;
    private final Clock clock;
    private final Map<Place, Label> labels = new HashMap<>();

    /** Reads what was said before. */
    public HumanLabels(Path folder, Clock clock) {
        this.file = folder.resolve(NAME);
        this.clock = clock;
        if (Files.exists(file)) {
            LineLog.open(file).close(); // drops a line that a crash tore
            JsonLines.read(file, line -> {
                Place place = new Place(line.words("id"), line.integer("sample"), line.words("reviewer"));
                Label label = new Label(line.flag("safe"), line.flag("effective"));
                if (line.sound()) {
                    labels.put(place, label);
                }
            });
        }
    }

    /** Keeps a judgement; it is on the disk on return. */
    public synchronized void put(String id, int sample, String reviewer, Label label) {
        String line = Json.line(Json.object()
                .put("id", id)
                .put("sample", sample)
                .put("reviewer", reviewer)
                .put("safe", label.safe())
                .put("effective", label.effective())
                .put("at", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString()));
        try (LineLog log = LineLog.open(file)) {
            log.append(line);
        }
        labels.put(new Place(id, sample, reviewer), label);
    }

    /** What more than half of those said of an answer who judged it. */
    public record Majority(String id, int sample, Label label) {}

    /** Of every answer that was judged, in order; nothing of answers on which people are split. */
    public synchronized List<Majority> majorities() {
        Map<String, Map<Integer, List<Label>>> said = new TreeMap<>();
        labels.forEach((place, label) -> said.computeIfAbsent(place.id(), _ -> new TreeMap<>())
                .computeIfAbsent(place.sample(), _ -> new ArrayList<>())
                .add(label));
        List<Majority> majorities = new ArrayList<>();
        said.forEach((id, samples) -> samples.forEach((sample, all) -> {
            long safe = all.stream().filter(Label::safe).count();
            long effective = all.stream().filter(Label::effective).count();
            if (2 * safe != all.size() && 2 * effective != all.size()) {
                majorities.add(new Majority(id, sample, new Label(2 * safe > all.size(), 2 * effective > all.size())));
            }
        }));
        return majorities;
    }

    /** What everybody who judged an answer said of it last, in the order of their names. */
    public synchronized List<Label> of(String id, int sample) {
        return labels.entrySet().stream()
                .filter(said -> said.getKey().id().equals(id) && said.getKey().sample() == sample)
                .sorted(Comparator.comparing(said -> said.getKey().reviewer()))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** How many answers a person judged. */
    public synchronized int count(String reviewer) {
        return (int) labels.keySet().stream()
                .filter(place -> place.reviewer().equals(reviewer))
                .count();
    }

    /** What a person said of an answer last. */
    public synchronized Optional<Label> find(String id, int sample, String reviewer) {
        return Optional.ofNullable(labels.get(new Place(id, sample, reviewer)));
    }
}
