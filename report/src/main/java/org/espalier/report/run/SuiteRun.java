package org.espalier.report.run;

import org.espalier.bench.run.Result;

/** A finished run of a benchmark beside RSBench. */
public record SuiteRun(RunInfo info, Method method, Result result) {}
