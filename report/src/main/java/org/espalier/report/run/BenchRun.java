package org.espalier.report.run;

import org.espalier.bench.rsbench.Recount;
import org.espalier.bench.rsbench.Results;
import org.espalier.bench.rsbench.RunCounts;
import org.espalier.bench.rsbench.ScoredPaths;

/** A finished RSBench run: its figures, and the counts that it is compared with others by. */
public record BenchRun(RunInfo info, Method method, Results results, RunCounts counts) {
    /** Its paths, read from the folder each time. */
    public ScoredPaths paths() {
        return Recount.paths(info.folder());
    }
}
