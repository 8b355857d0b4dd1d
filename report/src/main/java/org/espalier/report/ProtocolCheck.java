package org.espalier.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.bench.run.Protocol;
import org.espalier.core.InputException;
import org.espalier.report.run.BenchRun;
import org.espalier.report.run.Runs;

/** Whether the rows that would stand in one column were measured in one way. */
final class ProtocolCheck {
    private ProtocolCheck() {}

    /** What differs between the first run of each benchmark and the others, each with the runs it parts. */
    static List<String> differences(Runs runs) {
        Map<String, BenchRun> first = new LinkedHashMap<>();
        Map<String, List<String>> all = new LinkedHashMap<>();
        for (BenchRun run : runs.benches()) {
            BenchRun other = first.putIfAbsent(run.result().benchmark(), run);
            if (other != null) {
                Protocol.differences(other.result().protocol(), run.result().protocol())
                        .forEach(difference -> all.computeIfAbsent(difference, _ -> new ArrayList<>())
                                .add(run.result().title() + " of " + run.label()));
            }
        }
        return all.entrySet().stream()
                .map(difference -> difference.getKey() + " (" + String.join(", ", difference.getValue()) + ")")
                .toList();
    }

    /** @throws InputException naming every difference */
    static void requireOne(Runs runs) {
        List<String> differences = differences(runs);
        if (!differences.isEmpty()) {
            throw new InputException("rows of one column must be measured in one way, and these were not: "
                    + String.join("; ", differences)
                    + ". Report them apart, or with --mix-protocols, which says so on the page");
        }
    }
}
