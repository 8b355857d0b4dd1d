package org.espalier.workflow.bench;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.bench.run.JudgeErrorRates;
import org.espalier.bench.run.Result;
import org.espalier.bench.run.ResultFile;
import org.espalier.bench.set.Benchmarks;
import org.espalier.bench.set.RsBench;
import org.espalier.bench.stats.Bootstrap;
import org.espalier.core.Arbiter;
import org.espalier.core.ReasoningPath;
import org.espalier.core.SsuiSample;
import org.espalier.ssui.foreign.QuestionFile;

/** In which ways the judge of a run of RSBench errs, by the exact rules of the greenhouse. */
public final class JudgeErrorMeasurement {
    private JudgeErrorMeasurement() {}

    /**
     * Measures it; empty where the run is of another benchmark.
     *
     * @param data the questions that the run asked
     */
    public static Optional<JudgeErrorRates> of(Path run, Path data) {
        Result result = ResultFile.read(run.resolve(Result.FILE));
        return Benchmarks.shipped()
                .named(result.benchmark())
                .filter(RsBench.class::isInstance)
                .map(RsBench.class::cast)
                .map(benchmark -> of(run, benchmark, data, result.bootstrap()));
    }

    private static JudgeErrorRates of(Path run, RsBench benchmark, Path data, Bootstrap bootstrap) {
        List<SsuiSample> samples = QuestionFile.read(data);
        Arbiter arbiter = Judges.Rules.of(samples, data);
        Map<String, SsuiSample> byId = new HashMap<>();
        samples.forEach(sample -> byId.put(sample.id(), sample));
        return JudgeErrorRates.of(
                run,
                benchmark,
                answer -> Optional.ofNullable(byId.get(answer.id()))
                        .filter(_ -> !answer.steps().isEmpty())
                        .map(sample -> arbiter.judge(sample, new ReasoningPath(answer.steps())))
                        .filter(Arbiter.Judgement.Judged.class::isInstance)
                        .map(Arbiter.Judgement.Judged.class::cast)
                        .flatMap(benchmark::label),
                bootstrap);
    }
}
