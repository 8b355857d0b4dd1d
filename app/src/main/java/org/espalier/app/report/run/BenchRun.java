package org.espalier.app.report.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.espalier.bench.rsbench.Results;
import org.espalier.bench.rsbench.ScoredPath;

/** A finished RSBench run: its paths and its figures. */
public record BenchRun(RunInfo info, Method method, Results results, List<ScoredPath> paths) {
    /** The folder that the pictures' names start from; empty if the record does not say. */
    public Optional<Path> pictures() {
        return info.input("data").map(data -> {
            Path parent = data.toAbsolutePath().getParent();
            return parent == null ? data.toAbsolutePath() : parent;
        });
    }
}
