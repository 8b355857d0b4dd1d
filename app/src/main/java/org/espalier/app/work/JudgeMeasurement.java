package org.espalier.app.work;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.espalier.bench.run.AnswerLine;
import org.espalier.bench.run.JudgeComparison;
import org.espalier.bench.run.JudgementLine;
import org.espalier.bench.run.Result;
import org.espalier.bench.run.ResultFile;
import org.espalier.bench.run.SharedAnswers;
import org.espalier.bench.set.Benchmarks;
import org.espalier.bench.stats.Confusion;
import org.espalier.bench.suite.Benchmark;
import org.espalier.core.Arbiter;
import org.espalier.core.InputException;
import org.espalier.core.ReasoningPath;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.SsuiFile;
import org.espalier.core.text.Counted;
import org.espalier.studio.run.HumanLabels;

/** How good the judge of a run is. */
public record JudgeMeasurement(List<String> lines) {
    public JudgeMeasurement {
        lines = List.copyOf(lines);
    }

    /** What somebody else says of an answer, as {@link Benchmark#aspects}. */
    private interface Other extends Function<AnswerLine, Optional<? extends Map<String, String>>> {}

    /** Measures it against one of exact rules, people's labels, another run's judge. */
    public static JudgeMeasurement of(Path run, Optional<Path> rules, Optional<Path> labels, Optional<Path> against) {
        List<String> lines = new ArrayList<>();
        against.ifPresent(other -> refuseOtherAnswers(run, other));
        String name = ResultFile.read(run.resolve(Result.FILE)).benchmark();
        Benchmark benchmark = Benchmarks.shipped()
                .named(name)
                .orElseThrow(() -> new InputException(run + " is a run of '" + name + "', which is no benchmark here"));
        JudgeComparison comparison = JudgeComparison.of(
                run,
                benchmark::aspects,
                rules.map(data -> byRules(benchmark, data))
                        .or(() -> labels.map(file -> labels(benchmark, file)))
                        .orElseGet(() -> labels(benchmark, against.orElseThrow().resolve(JudgementLine.FILE))));
        comparison.aspects().forEach((what, confusion) -> table(lines, what, confusion));
        if (comparison.aspects().isEmpty()) {
            lines.add("there is no answer that both judged");
        }
        missing(lines, comparison.unjudged(), comparison.unlabelled());
        cost(run).ifPresent(lines::add);
        return new JudgeMeasurement(lines);
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
        return answer -> labels.apply(answer).map(benchmark::aspects);
    }

    /** Labels that the studio collected: they say nothing of the step that went wrong first. */
    private static Other people(Path file) {
        if (!Files.exists(file)) {
            throw new InputException(file + " does not exist: people judge answers in `espalier studio RUN`");
        }
        Map<String, Map<String, String>> said = new HashMap<>();
        new HumanLabels(file.resolveSibling(""), Clock.systemUTC())
                .majorities()
                .forEach(one -> said.put(
                        one.sample() + " " + one.id(),
                        Map.of(
                                "safe", one.label().safe() ? "safe" : "unsafe",
                                "effective", one.label().effective() ? "effective" : "ineffective")));
        return answer -> Optional.ofNullable(said.get(answer.sample() + " " + answer.id()));
    }

    private static Other byRules(Benchmark benchmark, Path data) {
        List<SsuiSample> samples = SsuiFile.read(data);
        Arbiter arbiter = Rules.arbiter(samples, data);
        Map<String, SsuiSample> byId = new HashMap<>();
        samples.forEach(sample -> byId.put(sample.id(), sample));
        return answer -> {
            SsuiSample sample = byId.get(answer.id());
            if (answer.steps().isEmpty()) {
                throw new InputException("exact rules judge paths through SSUI data alone, and those of "
                        + benchmark.name() + " are none: compare with --labels or --against");
            }
            return sample != null
                            && arbiter.judge(sample, new ReasoningPath(answer.steps()))
                                    instanceof Arbiter.Judgement.Judged judged
                    ? benchmark.label(judged).map(benchmark::aspects)
                    : Optional.empty();
        };
    }

    private static void table(List<String> lines, String what, Confusion confusion) {
        if (confusion.total() == 0) {
            lines.add(what + ": there is no answer that both judged");
            return;
        }
        lines.add(String.format(
                Locale.ROOT,
                "%s: agreement %.1f %% on %d answers, kappa %.2f; the judge down, the other across",
                what,
                100 * confusion.agreement(),
                confusion.total(),
                confusion.kappa()));
        StringBuilder head = new StringBuilder("  %-14s".formatted(""));
        confusion.labels().forEach(label -> head.append("%14s".formatted(label)));
        lines.add(head.toString());
        for (String own : confusion.labels()) {
            StringBuilder row = new StringBuilder("  %-14s".formatted(own));
            confusion.labels().forEach(other -> row.append("%14d".formatted(confusion.count(own, other))));
            lines.add(row.toString());
        }
    }

    private static void missing(List<String> lines, int unjudged, int unlabelled) {
        if (unjudged + unlabelled > 0) {
            lines.add("left out: " + unjudged + " without a verdict of the judge, " + unlabelled
                    + " without one of the other");
        }
    }

    /** What the run's judges cost, where it kept a journal. */
    private static Optional<String> cost(Path run) {
        List<String> judges = new ArrayList<>();
        ResultFile.protocol(run.resolve(Result.FILE)).path("judge").forEach(judge -> judges.add(judge.asString("")));
        return JudgeJournal.of(run, judges)
                .filter(journal -> journal.calls() > 0)
                .map(journal -> "the judge answered " + journal.calls() + " calls"
                        + (journal.cost().signum() == 0
                                ? "; no prices are known"
                                : " for " + journal.cost().stripTrailingZeros().toPlainString()));
    }
}
