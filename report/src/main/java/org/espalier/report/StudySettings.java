package org.espalier.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import org.espalier.report.StudyTables.Table;
import org.espalier.report.run.RunInfo;
import org.espalier.report.study.CellRuns;

/** Every setting of the runs of a cell with its source: those that all share once, the others by what they belong to. */
record StudySettings(CellRuns cell) {
    /** Of measurements: it repeats the others. */
    private static final String PROTOCOL = "protocol";

    /** A value and where it comes from; paths are left out, they are of one machine. */
    private record Given(String value, String source) {}

    List<Table> tables() {
        SequencedMap<String, RunInfo> explored = new LinkedHashMap<>();
        SequencedMap<String, RunInfo> trained = new LinkedHashMap<>();
        SequencedMap<String, RunInfo> measured = new LinkedHashMap<>();
        Set<Path> seen = new LinkedHashSet<>();
        cell.rows().forEach((label, row) -> {
            for (int i = 0; i < row.trained().size(); i++) {
                String stage = row.trained().size() == 1 ? label : label + ", stage " + (i + 1);
                read(seen, row.explored().get(i)).ifPresent(info -> explored.put(stage, info));
                read(seen, row.trained().get(i)).ifPresent(info -> trained.put(stage, info));
            }
            read(seen, row.measured()).ifPresent(info -> measured.put(label, info));
        });
        List<Table> tables = new ArrayList<>();
        add(tables, "explorations", explored);
        add(tables, "trainings", trained);
        add(tables, "measurements", measured);
        return tables;
    }

    /** Empty where it was taken already, or is not there any more. */
    private static Optional<RunInfo> read(Set<Path> seen, Path folder) {
        return seen.add(folder) && RunInfo.isRun(folder) ? Optional.of(RunInfo.read(folder)) : Optional.empty();
    }

    private static void add(List<Table> tables, String what, SequencedMap<String, RunInfo> runs) {
        SequencedMap<String, Map<String, Given>> settings = new LinkedHashMap<>();
        runs.forEach((label, run) -> settings.put(label, given(run)));
        List<List<String>> shared = new ArrayList<>();
        List<List<String>> own = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        settings.values().forEach(one -> names.addAll(one.keySet()));
        for (String name : names) {
            List<Optional<Given>> values = settings.values().stream()
                    .map(one -> Optional.ofNullable(one.get(name)))
                    .toList();
            if (values.stream().distinct().count() == 1) {
                values.getFirst().ifPresent(it -> shared.add(List.of(name, it.value(), it.source())));
            } else {
                settings.forEach((label, one) -> Optional.ofNullable(one.get(name))
                        .ifPresent(it -> own.add(List.of(label, name, it.value(), it.source()))));
            }
        }
        own.sort((one, other) -> Integer.compare(
                List.copyOf(settings.keySet()).indexOf(one.getFirst()),
                List.copyOf(settings.keySet()).indexOf(other.getFirst())));
        if (!shared.isEmpty()) {
            tables.add(new Table("Settings of all " + what, List.of("setting", "value", "source"), shared, 2));
        }
        if (!own.isEmpty()) {
            tables.add(new Table(
                    "Settings in which " + what + " differ", List.of("of", "setting", "value", "source"), own, 3));
        }
    }

    private static Map<String, Given> given(RunInfo run) {
        Map<String, Given> all = new TreeMap<>();
        run.configuration().stream()
                .filter(entry -> !entry.name().equals(PROTOCOL))
                .forEach(entry -> all.put(
                        entry.name(), new Given(entry.value(), entry.source().replaceAll("\\S*[/\\\\]", ""))));
        return all;
    }
}
