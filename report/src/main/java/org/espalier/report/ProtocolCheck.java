package org.espalier.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.bench.run.Protocol;
import org.espalier.core.InputException;
import org.espalier.report.run.BenchRun;
import org.espalier.report.run.Runs;
import org.espalier.report.run.SuiteRun;

/** Whether the rows that would stand in one column were measured in one way. */
final class ProtocolCheck {
    private ProtocolCheck() {}

    /** What differs between the first run of each benchmark and the others, each with the runs it parts. */
    static List<String> differences(Runs runs) {
        Map<String, SuiteRun> first = new LinkedHashMap<>();
        Map<String, List<String>> all = new LinkedHashMap<>();
        for (SuiteRun run : runs.suites()) {
            SuiteRun other = first.putIfAbsent(run.result().benchmark(), run);
            if (other != null) {
                tell(
                        all,
                        run.result().title() + " of " + run.subject(),
                        Protocol.differences(
                                other.result().protocol(), run.result().protocol()));
            }
        }
        if (!runs.benches().isEmpty()) {
            BenchRun base = runs.benches().getFirst();
            runs.benches().stream()
                    .skip(1)
                    .forEach(run -> tell(
                            all,
                            "RSBench of " + run.method().label(),
                            Protocol.differences(base.protocol(), run.protocol())));
        }
        return all.entrySet().stream()
                .map(difference -> difference.getKey() + " (" + String.join(", ", difference.getValue()) + ")")
                .toList();
    }

    private static void tell(Map<String, List<String>> all, String run, List<String> differences) {
        differences.forEach(difference ->
                all.computeIfAbsent(difference, _ -> new ArrayList<>()).add(run));
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
