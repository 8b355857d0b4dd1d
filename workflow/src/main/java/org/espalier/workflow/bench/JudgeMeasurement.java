package org.espalier.workflow.bench;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.espalier.bench.own.OwnBenchmark;
import org.espalier.bench.run.AnswerLine;
import org.espalier.bench.run.AnsweredQuestions;
import org.espalier.bench.run.JudgeComparison;
import org.espalier.bench.run.JudgeErrorRates;
import org.espalier.bench.run.JudgementLine;
import org.espalier.bench.run.Result;
import org.espalier.bench.run.SharedAnswers;
import org.espalier.bench.set.Benchmarks;
import org.espalier.bench.set.RsBench;
import org.espalier.bench.stats.Bootstrap;
import org.espalier.bench.stats.KrippendorffAlpha;
import org.espalier.bench.suite.Benchmark;
import org.espalier.bench.suite.Convention;
import org.espalier.core.Arbiter;
import org.espalier.core.Arbiter.Judgement.Judged;
import org.espalier.core.InputException;
import org.espalier.core.ReasoningPath;
import org.espalier.core.SsuiSample;
import org.espalier.core.text.Counted;
import org.espalier.ssui.foreign.QuestionFile;
import org.espalier.studio.run.HumanLabels;

/**
 * How good the judge of a run is.
 *
 * @param comparison with somebody else, the judge first
 * @param people how far people agree among each other, by question; empty unless the judge was measured against several
 * @param bootstrap that intervals are made by
 * @param calls that the judge answered; 0 where the run kept no journal
 * @param cost of these; zero where no prices are known
 */
public record JudgeMeasurement(
        JudgeComparison comparison,
        SequencedMap<String, KrippendorffAlpha> people,
        Bootstrap bootstrap,
        long calls,
        BigDecimal cost) {
    /** What somebody else says of an answer, as {@link Benchmark#aspects}. */
    private interface Other extends Function<AnswerLine, Optional<? extends Map<String, String>>> {}

    /** Measures it against one of exact rules, people's labels, another run's judge. */
    public static JudgeMeasurement of(Path run, Optional<Path> rules, Optional<Path> labels, Optional<Path> against) {
        against.ifPresent(other -> refuseOtherAnswers(run, other));
        Result result = Result.read(run.resolve(Result.FILE));
        String name = result.benchmark();
        Benchmark benchmark = benchmarks(result, against)
                .named(name)
                .or(() -> OwnBenchmark.keptIn(run))
                .orElseThrow(() -> new InputException(run + " is a run of '" + name + "', which is no benchmark here"));
        JudgeComparison comparison = JudgeComparison.of(
                run,
                benchmark,
                rules.map(data -> byRules(benchmark, data))
                        .or(() -> labels.map(file -> labels(benchmark, file)))
                        .orElseGet(() -> labels(benchmark, against.orElseThrow().resolve(JudgementLine.FILE))));
        Optional<JudgeJournal> journal = journal(run);
        return new JudgeMeasurement(
                comparison,
                labels.filter(file -> file.endsWith(HumanLabels.NAME))
                        .map(file -> people(run, file))
                        .orElseGet(LinkedHashMap::new),
                result.bootstrap(),
                journal.map(JudgeJournal::calls).orElse(0L),
                journal.map(JudgeJournal::cost).orElse(BigDecimal.ZERO));
    }

    /** By the official convention where either run is: it has labels that ours has not. */
    private static Benchmarks benchmarks(Result result, Optional<Path> against) {
        boolean official = Stream.concat(
                        Stream.of(result.protocol()),
                        against
                                .map(run -> run.resolve(Result.FILE))
                                .filter(Files::exists)
                                .map(Result::protocol)
                                .stream())
                .anyMatch(protocol -> protocol.path("convention").asString("").equals(Convention.OFFICIAL.label()));
        return official ? new Benchmarks(Benchmarks.Options.shipped().by(Convention.OFFICIAL)) : Benchmarks.shipped();
    }

    /** Two judges are compared on what both saw. */
    private static void refuseOtherAnswers(Path run, Path other) {
        long others = SharedAnswers.differing(run, other);
        if (others > 0) {
            throw new InputException(Counted.of(others, "answer") + " of " + other
                    + (others == 1 ? " differs" : " differ") + " from those of " + run
                    + ": --against takes a run that judged the same ones, as 'bench --answers " + run + "' does");
        }
    }

    private static Other labels(Benchmark benchmark, Path file) {
        if (file.endsWith(HumanLabels.NAME)) {
            return people(file);
        }
        Function<AnswerLine, Optional<String>> labels = JudgeComparison.labels(file);
        return answer -> labels.apply(answer).map(label -> aspects(benchmark, answer, label, file));
    }

    private static Map<String, String> aspects(Benchmark benchmark, AnswerLine answer, String label, Path file) {
        String category = answer.kind().category();
        if (!benchmark.knows(category, label)) {
            throw new InputException(file + " says \"" + label + "\" of question \"" + answer.id()
                    + "\", which is no label of " + benchmark.name() + " there");
        }
        return benchmark.aspects(category, label);
    }

    /** Among those who judged in the studio, answer by answer, those about one picture together. */
    private static SequencedMap<String, KrippendorffAlpha> people(Path run, Path file) {
        HumanLabels labels = opened(file);
        SequencedMap<String, KrippendorffAlpha> alphas = new LinkedHashMap<>();
        AnsweredQuestions.each(run, Long.MAX_VALUE, (answer, _) -> {
            List<HumanLabels.Label> said = labels.of(answer.id(), answer.sample());
            alphas.computeIfAbsent("safe", _ -> new KrippendorffAlpha())
                    .add(
                            answer.cluster(),
                            said.stream()
                                    .map(label -> label.safe() ? "safe" : "unsafe")
                                    .toList());
            alphas.computeIfAbsent("effective", _ -> new KrippendorffAlpha())
                    .add(
                            answer.cluster(),
                            said.stream()
                                    .map(label -> label.effective() ? "effective" : "ineffective")
                                    .toList());
        });
        alphas.values().removeIf(alpha -> alpha.compared() == 0);
        return alphas;
    }

    private static HumanLabels opened(Path file) {
        if (!Files.exists(file)) {
            throw new InputException(file + " does not exist: people judge answers in `espalier studio RUN`");
        }
        return new HumanLabels(file.resolveSibling(""), Clock.systemUTC());
    }

    /** Labels that the studio collected: they say nothing of the step that went wrong first. */
    private static Other people(Path file) {
        Map<String, Map<String, String>> said = new HashMap<>();
        opened(file)
                .majorities()
                .forEach(one -> said.put(
                        one.sample() + " " + one.id(),
                        Map.of(
                                "safe", one.label().safe() ? "safe" : "unsafe",
                                "effective", one.label().effective() ? "effective" : "ineffective")));
        return answer -> Optional.ofNullable(said.get(answer.sample() + " " + answer.id()));
    }

    private static Other byRules(Benchmark benchmark, Path data) {
        Function<AnswerLine, Optional<Judged>> ruled = ruled(data);
        return answer -> {
            if (answer.steps().isEmpty()) {
                throw new InputException("exact rules judge paths through SSUI data alone, and those of "
                        + benchmark.name() + " are none: compare with --labels or --against");
            }
            return ruled.apply(answer).flatMap(benchmark::label).map(label -> benchmark.aspects("", label));
        };
    }

    /** What exact rules say of an answer; nothing of one that is no path, or to none of these questions. */
    private static Function<AnswerLine, Optional<Judged>> ruled(Path data) {
        List<SsuiSample> samples = QuestionFile.read(data);
        Arbiter arbiter = Judges.Rules.of(samples, data);
        Map<String, SsuiSample> byId = new HashMap<>();
        samples.forEach(sample -> byId.put(sample.id(), sample));
        return answer -> Optional.ofNullable(byId.get(answer.id()))
                .filter(_ -> !answer.steps().isEmpty())
                .map(sample -> arbiter.judge(sample, new ReasoningPath(answer.steps())))
                .filter(Judged.class::isInstance)
                .map(Judged.class::cast);
    }

    /**
     * In which ways the judge of a run of RSBench errs, by the exact rules of the greenhouse; empty where the run is of another
     * benchmark.
     *
     * @param data the questions that the run asked
     */
    public static Optional<JudgeErrorRates> errors(Path run, Path data) {
        Result result = Result.read(run.resolve(Result.FILE));
        return Benchmarks.shipped()
                .named(result.benchmark())
                .filter(RsBench.class::isInstance)
                .map(RsBench.class::cast)
                .map(benchmark -> {
                    Function<AnswerLine, Optional<Judged>> ruled = ruled(data);
                    return JudgeErrorRates.of(
                            run,
                            benchmark,
                            answer -> ruled.apply(answer).flatMap(benchmark::label),
                            result.bootstrap());
                });
    }

    private static Optional<JudgeJournal> journal(Path run) {
        List<String> judges = new ArrayList<>();
        Result.protocol(run.resolve(Result.FILE)).path("judge").forEach(judge -> judges.add(judge.asString("")));
        return JudgeJournal.of(run, judges);
    }
}
