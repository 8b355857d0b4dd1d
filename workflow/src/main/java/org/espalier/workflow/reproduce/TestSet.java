package org.espalier.workflow.reproduce;

import java.nio.file.Files;
import java.nio.file.Path;
import org.espalier.bench.set.Benchmarks;
import org.espalier.bench.suite.Benchmark;
import org.espalier.core.InputException;
import org.espalier.workflow.bench.QuestionLimit;

/**
 * A benchmark of an experiment.
 *
 * @param name of one that ships
 * @param data where its files are, or would be
 * @param questions that are asked, where its files are not here
 */
public record TestSet(String name, Path data, QuestionLimit limit, int questions) {
    boolean here() {
        return Files.exists(data);
    }

    /** The benchmark itself. */
    Benchmark benchmark() {
        return Benchmarks.shipped()
                .named(name)
                .orElseThrow(() -> new InputException("there is no benchmark '" + name + "'"));
    }
}
