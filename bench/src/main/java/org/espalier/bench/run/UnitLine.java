package org.espalier.bench.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.espalier.bench.suite.QuestionKind;
import org.espalier.core.file.Fields;
import org.espalier.core.file.Json;
import org.espalier.core.file.JsonLines;
import tools.jackson.databind.node.ObjectNode;

/**
 * A line of {@code units.jsonl} (schema: {@code docs/schema/bench-units.schema.json}): what one unit counted as, so that
 * runs can be compared question by question without their data.
 *
 * @param cluster of units that are not independent of each other
 * @param outcomes empty where too much of it has no verdict to be counted
 * @param merits how well it went by name, each from 0 to 1: means over the outcomes
 */
record UnitLine(
        String unit, String cluster, QuestionKind kind, List<String> outcomes, SortedMap<String, Double> merits) {
    /** The file in the folder of a run. */
    public static final String FILE = "units.jsonl";

    public UnitLine {
        outcomes = List.copyOf(outcomes);
        merits = Collections.unmodifiableSortedMap(new TreeMap<>(merits));
    }

    String line() {
        ObjectNode line = Json.object().put("unit", unit);
        if (!cluster.equals(unit)) {
            line.put("cluster", cluster);
        }
        kind.into(line);
        if (!outcomes.isEmpty()) {
            line.set("outcomes", Json.tree(outcomes));
            line.set("merits", Json.tree(merits));
        }
        return Json.line(line);
    }

    static UnitLine read(Fields line) {
        String unit = line.words("unit");
        SortedMap<String, Double> merits = new TreeMap<>();
        if (line.has("outcomes")) {
            Fields named = line.inner("merits");
            for (String name : named.object().propertyNames()) {
                merits.put(name, named.decimal(name));
                if (merits.get(name) < 0 || merits.get(name) > 1) {
                    named.wrong(name, "is " + merits.get(name) + ", not from 0 to 1");
                }
            }
        }
        return new UnitLine(
                unit,
                line.has("cluster") ? line.text("cluster") : unit,
                QuestionKind.read(line),
                line.has("outcomes") ? line.texts("outcomes") : List.of(),
                merits);
    }

    /** Hands over the units of a run one by one. */
    public static void each(Path folder, Consumer<UnitLine> each) {
        Path file = folder.resolve(FILE);
        Set<String> ids = new HashSet<>();
        List<String> names = new ArrayList<>();
        JsonLines.read(file, line -> {
            UnitLine unit = read(line);
            if (!ids.add(unit.unit())) {
                line.wrong("unit", "is \"" + unit.unit() + "\", which stands in a line before");
            }
            if (!unit.outcomes().isEmpty() && names.isEmpty()) {
                names.addAll(unit.merits().keySet());
            }
            // By its place in the line one merit would be taken for another.
            if (!unit.outcomes().isEmpty()
                    && !names.equals(List.copyOf(unit.merits().keySet()))) {
                line.wrong("merits", "has other names than in the lines before");
            }
            if (line.sound()) {
                each.accept(unit);
            }
        });
    }
}
