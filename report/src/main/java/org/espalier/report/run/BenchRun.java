package org.espalier.report.run;

import java.util.Optional;
import org.espalier.bench.rsbench.Recount;
import org.espalier.bench.rsbench.Results;
import org.espalier.bench.rsbench.RunCounts;
import org.espalier.bench.rsbench.ScoredPaths;

/**
 * A finished RSBench run: its figures, and the counts that it is compared with others by.
 *
 * @param training of the model that was measured, where its record was found
 */
public record BenchRun(
        RunInfo info,
        Method method,
        Optional<RunInfo> training,
        Optional<Sweep> sweep,
        Results results,
        RunCounts counts) {
    BenchRun with(String note, Optional<Sweep> place) {
        return new BenchRun(info, method.with(note), training, place, results, counts);
    }

    /** Whether the other's base model is this one's, as far as the records say. */
    public boolean sharesBase(BenchRun other) {
        return Facts.base(info).equals(Facts.base(other.info));
    }

    /** Its paths, read from the folder each time. */
    public ScoredPaths paths() {
        return Recount.paths(info.folder());
    }
}
