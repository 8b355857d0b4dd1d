package org.espalier.bench.run;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.espalier.bench.suite.QuestionKind;
import org.espalier.bench.suite.Slice;

/** How well each counted unit of a run went, in the order of the data: what two runs are compared by. */
public final class UnitMerits {
    private record Unit(String cluster, QuestionKind kind, double[] merits) {}

    /** One merit of a unit. */
    record Merit(String cluster, double value) {}

    private final SequencedMap<String, Unit> units = new LinkedHashMap<>();
    private List<String> names = List.of();

    private UnitMerits() {}

    /** Those of the run in a folder. */
    public static UnitMerits read(Path folder) {
        UnitMerits merits = new UnitMerits();
        UnitLine.each(folder, merits::add);
        return merits;
    }

    private void add(UnitLine line) {
        if (!line.outcomes().isEmpty()) {
            names = List.copyOf(line.merits().keySet());
            double[] values = line.merits().values().stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray();
            units.put(line.unit(), new Unit(line.cluster(), line.kind(), values));
        }
    }

    /** What its units are compared by. */
    public List<String> names() {
        return names;
    }

    /** One merit of the units that a slice holds. */
    SequencedMap<String, Merit> of(String name, Slice slice) {
        int place = names.indexOf(name);
        SequencedMap<String, Merit> some = new LinkedHashMap<>();
        units.forEach((id, unit) -> {
            if (place >= 0 && slice.holds(unit.kind())) {
                some.put(id, new Merit(unit.cluster(), unit.merits()[place]));
            }
        });
        return some;
    }
}
