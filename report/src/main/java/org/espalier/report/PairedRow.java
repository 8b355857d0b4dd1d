package org.espalier.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.espalier.bench.run.ResultFigure;
import org.espalier.bench.run.RunComparison;
import org.espalier.bench.run.UnitMerits;
import org.espalier.bench.suite.Slice;
import org.espalier.report.run.BenchRun;
import org.espalier.report.run.Method;

/**
 * Two methods compared question by question on a slice.
 *
 * @param rate what they are compared by, the benchmark's headline
 */
record PairedRow(Method first, Method second, Slice slice, String rate, RunComparison comparison) {
    /** Of one benchmark's runs, each SRPO row against every other; without one, every row against the base model. */
    static List<PairedRow> of(List<BenchRun> runs) {
        List<PairedRow> rows = new ArrayList<>();
        Map<Path, UnitMerits> read = new HashMap<>();
        boolean srpo = runs.stream().anyMatch(run -> run.method().isSrpo());
        for (int i = 0; i < runs.size(); i++) {
            for (int j = 0; j < runs.size(); j++) {
                BenchRun one = runs.get(i);
                BenchRun other = runs.get(j);
                boolean wanted = srpo
                        ? one.method().isSrpo() && (j < i || !other.method().isSrpo())
                        : i > 0 && other.method().key().equals(Method.BASE.key());
                if (i != j && wanted) {
                    add(rows, one, other, merits(read, one), merits(read, other));
                }
            }
        }
        return rows;
    }

    private static UnitMerits merits(Map<Path, UnitMerits> read, BenchRun run) {
        return read.computeIfAbsent(run.info().folder(), UnitMerits::read);
    }

    private static void add(List<PairedRow> rows, BenchRun one, BenchRun other, UnitMerits ones, UnitMerits others) {
        for (ResultFigure figure : one.result().headlines()) {
            for (Slice slice : PartSlices.RISKS) {
                RunComparison.of(
                                ones,
                                others,
                                figure.title(),
                                slice,
                                one.result().bootstrap())
                        .ifPresent(
                                it -> rows.add(new PairedRow(one.method(), other.method(), slice, figure.title(), it)));
            }
        }
    }

    /** In a word or two, and never more than the interval says. */
    String verdict() {
        if (!comparison.decided()) {
            return "not decided";
        }
        return comparison.difference() > 0 ? "higher" : "lower";
    }
}
