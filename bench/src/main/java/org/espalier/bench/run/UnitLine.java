package org.espalier.bench.run;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.espalier.bench.suite.Scored;
import org.espalier.core.file.Fields;
import org.espalier.core.file.Json;
import org.espalier.core.file.JsonLines;
import org.espalier.core.file.Problems;
import tools.jackson.databind.node.ObjectNode;

/**
 * A line of {@code units.jsonl} (schema: {@code docs/schema/bench-units.schema.json}): what one unit counted as, so that
 * runs can be compared question by question without their data.
 *
 * @param cell that it was counted in; empty where it was not counted
 * @param outcome empty where too much of it has no verdict
 * @param merit from 0 to 1
 */
public record UnitLine(String unit, String cell, Optional<String> outcome, double merit) {
    /** The file in the folder of a run. */
    public static final String FILE = "units.jsonl";

    static UnitLine of(String unit, Optional<Scored> scored, double merit) {
        return new UnitLine(
                unit, scored.map(Scored::cell).orElse(""), scored.map(Scored::outcome), scored.isEmpty() ? 0 : merit);
    }

    String line() {
        ObjectNode line = Json.object().put("unit", unit);
        outcome.ifPresent(it -> line.put("cell", cell).put("outcome", it).put("merit", merit));
        return Json.line(line);
    }

    static UnitLine read(Fields line) {
        return line.has("outcome")
                ? new UnitLine(
                        line.words("unit"),
                        line.text("cell"),
                        Optional.of(line.words("outcome")),
                        line.decimal("merit"))
                : new UnitLine(line.words("unit"), "", Optional.empty(), 0);
    }

    /** Hands over the units of a run one by one. */
    public static void each(Path folder, Consumer<UnitLine> each) {
        Path file = folder.resolve(FILE);
        Problems problems = new Problems(file);
        JsonLines.read(file, problems, line -> {
            UnitLine unit = read(line);
            if (line.sound()) {
                each.accept(unit);
            }
        });
        problems.throwIfAny();
    }
}
