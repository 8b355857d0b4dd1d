package org.espalier.report.run;

import java.util.List;
import org.espalier.bench.rsbench.Results;
import org.espalier.bench.rsbench.ScoredPath;

/** A finished RSBench run: its paths and its figures. */
public record BenchRun(RunInfo info, Method method, Results results, List<ScoredPath> paths) {}
