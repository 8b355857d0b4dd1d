package org.espalier.report;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.espalier.bench.suite.Slice;
import org.espalier.core.Risk;
import org.espalier.report.run.BenchRun;

/** The parts of a question set as tables have them. */
final class PartSlices {
    /** What methods are compared on: unsafe questions, their safe twins, all. */
    static final List<Slice> RISKS = List.of(Slice.of(Risk.UNSAFE), Slice.of(Risk.SAFE), Slice.ALL);

    private PartSlices() {}

    /** The same of a part. */
    static List<Slice> risks(Slice whole) {
        return RISKS.stream()
                .map(slice -> new Slice(slice.risk(), whole.split(), whole.category()))
                .toList();
    }

    /** Names of the splits that any of the runs has, in alphabetical order but with the seen ones first. */
    static List<String> splits(List<BenchRun> runs) {
        return names(runs, Slice::split).stream()
                .sorted(Comparator.comparing((String split) -> !split.equals("seen")))
                .toList();
    }

    static List<String> categories(List<BenchRun> runs) {
        return names(runs, Slice::category);
    }

    private static List<String> names(List<BenchRun> runs, Function<Slice, Optional<String>> name) {
        TreeSet<String> names = new TreeSet<>();
        runs.forEach(run ->
                run.result().parts().forEach(part -> name.apply(part.slice()).ifPresent(names::add)));
        return List.copyOf(names);
    }
}
