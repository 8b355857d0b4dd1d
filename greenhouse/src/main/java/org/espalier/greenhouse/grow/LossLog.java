package org.espalier.greenhouse.grow;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Json;
import org.espalier.core.file.JsonLines;
import org.espalier.core.file.Problems;
import org.espalier.greenhouse.internal.corpus.CorpusItem;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code losses.jsonl}: every so many steps, the mean loss a token of each kind of text since the line before. */
final class LossLog {
    private final Path file;
    private final List<JsonNode> lines = new ArrayList<>();
    private final Map<CorpusItem.Kind, Double> sums = new EnumMap<>(CorpusItem.Kind.class);
    private final Map<CorpusItem.Kind, Integer> counts = new EnumMap<>(CorpusItem.Kind.class);

    /** Goes on after a step; later lines of the file are forgotten. */
    LossLog(Path file, long step) {
        this.file = file;
        if (Files.exists(file)) {
            Problems problems = new Problems(file);
            JsonLines.read(file, problems, line -> {
                if (line.whole("step") <= step) {
                    lines.add(line.object());
                }
            });
            problems.throwIfAny();
        }
    }

    void add(CorpusItem.Kind kind, double loss) {
        sums.merge(kind, loss, Double::sum);
        counts.merge(kind, 1, Integer::sum);
    }

    /** Ends a line and writes the file. */
    void line(long step, double rate) {
        ObjectNode line = Json.object().put("step", step).put("learning_rate", rate);
        sums.forEach((kind, sum) -> line.put(name(kind), Math.round(sum / counts.getOrDefault(kind, 1) * 1e4) / 1e4));
        lines.add(line);
        sums.clear();
        counts.clear();
        AtomicFile.write(file, lines.stream().map(l -> Json.line(l) + "\n").collect(Collectors.joining()));
    }

    /** The last line in words. */
    String last() {
        return lines.isEmpty()
                ? ""
                : lines.getLast().properties().stream()
                        .filter(entry -> !entry.getKey().equals("learning_rate"))
                        .map(entry -> entry.getKey().replace('_', ' ') + " " + entry.getValue())
                        .collect(Collectors.joining(", "));
    }

    private static String name(CorpusItem.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
