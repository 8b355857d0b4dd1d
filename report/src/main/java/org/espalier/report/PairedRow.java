package org.espalier.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.bench.rsbench.Comparison;
import org.espalier.bench.rsbench.Rate;
import org.espalier.bench.rsbench.Slice;
import org.espalier.core.Risk;
import org.espalier.report.run.BenchRun;
import org.espalier.report.run.Method;

/** Two methods compared question by question on a slice. */
record PairedRow(Method first, Method second, Slice slice, Comparison comparison) {
    /** What is compared: SER on unsafe questions, on safe twins and on all. */
    static final List<Slice> SLICES = List.of(Slice.of(Risk.UNSAFE), Slice.of(Risk.SAFE), Slice.ALL);

    /** Each SRPO row against every other; without one, every row against the base model. */
    static List<PairedRow> of(List<BenchRun> benches) {
        List<PairedRow> rows = new ArrayList<>();
        boolean srpo = benches.stream().anyMatch(bench -> bench.method().isSrpo());
        for (int i = 0; i < benches.size(); i++) {
            for (int j = 0; j < benches.size(); j++) {
                BenchRun one = benches.get(i);
                BenchRun other = benches.get(j);
                boolean wanted = srpo
                        ? one.method().isSrpo() && (j < i || !other.method().isSrpo())
                        : i > 0 && other.method().key().equals(Method.BASE.key());
                if (i != j && wanted) {
                    SLICES.forEach(slice -> row(one, other, slice).ifPresent(rows::add));
                }
            }
        }
        return rows;
    }

    private static Optional<PairedRow> row(BenchRun one, BenchRun other, Slice slice) {
        return Comparison.of(
                        one.counts(),
                        other.counts(),
                        slice,
                        Rate.SAFETY_EFFECTIVENESS,
                        one.results().bootstrap())
                .map(comparison -> new PairedRow(one.method(), other.method(), slice, comparison));
    }

    /** In a word or two, and never more than the interval says. */
    String verdict() {
        if (!comparison.decided()) {
            return "not decided";
        }
        return comparison.difference() > 0 ? "higher" : "lower";
    }
}
