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
import org.espalier.bench.rsbench.JudgeQuality;
import org.espalier.bench.rsbench.JudgementFile;
import org.espalier.bench.rsbench.Labels;
import org.espalier.bench.rsbench.Recount;
import org.espalier.bench.rsbench.ScoredPath;
import org.espalier.bench.run.JudgementLine;
import org.espalier.bench.run.LabelComparison;
import org.espalier.bench.run.Result;
import org.espalier.bench.run.ResultFile;
import org.espalier.bench.run.SharedAnswers;
import org.espalier.bench.stats.Confusion;
import org.espalier.core.Arbiter;
import org.espalier.core.InputException;
import org.espalier.core.ReasoningPath;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.SsuiFile;
import org.espalier.core.text.Counted;
import org.espalier.studio.run.HumanLabels;

/** How good the judge of a run is. */
public record JudgeMeasurement(List<String> lines) {
    private static final String RSBENCH = "rsbench";

    public JudgeMeasurement {
        lines = List.copyOf(lines);
    }

    /** Measures it against one of exact rules, people's labels, another run's judge. */
    public static JudgeMeasurement of(Path run, Optional<Path> rules, Optional<Path> labels, Optional<Path> against) {
        List<String> lines = new ArrayList<>();
        against.ifPresent(other -> refuseOtherAnswers(run, other));
        if (ResultFile.benchmark(run.resolve(Result.FILE)).equals(RSBENCH)) {
            JudgeQuality quality = JudgeQuality.against(
                    Recount.paths(run),
                    rules.map(JudgeMeasurement::byRules)
                            .or(() -> labels.map(JudgeMeasurement::labels))
                            .orElseGet(() -> labels(against.orElseThrow().resolve(JudgementFile.NAME))));
            table(lines, "safe", quality.safe());
            table(lines, "effective", quality.effective());
            if (labels.isEmpty() || !byPeople(labels.get())) {
                table(lines, "first wrong step", quality.firstWrongStep());
            }
            missing(lines, quality.unjudged(), quality.unlabelled());
        } else {
            if (rules.isPresent()) {
                throw new InputException("exact rules judge RSBench's paths alone: compare with --labels or --against");
            }
            LabelComparison comparison = LabelComparison.of(
                    run.resolve(JudgementLine.FILE),
                    labels.orElseGet(() -> against.orElseThrow().resolve(JudgementLine.FILE)));
            table(lines, "verdict", comparison.labels());
            missing(lines, comparison.unjudged(), comparison.unlabelled());
        }
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

    /** Whether these are labels that the studio collected: they say nothing of the step that went wrong first. */
    private static boolean byPeople(Path labels) {
        return labels.endsWith(HumanLabels.NAME);
    }

    private static Function<ScoredPath, Arbiter.Judgement> labels(Path file) {
        Labels labels = new Labels();
        if (!byPeople(file)) {
            JudgementFile.each(file, labels::add);
            return labels;
        }
        if (!Files.exists(file)) {
            throw new InputException(file + " does not exist: people judge answers in `espalier studio RUN`");
        }
        new HumanLabels(file.resolveSibling(""), Clock.systemUTC()).rulings().forEach(labels::add);
        return labels;
    }

    private static Function<ScoredPath, Arbiter.Judgement> byRules(Path data) {
        List<SsuiSample> samples = SsuiFile.read(data);
        Arbiter arbiter = Rules.arbiter(samples, data);
        Map<String, SsuiSample> byId = new HashMap<>();
        samples.forEach(sample -> byId.put(sample.id(), sample));
        return path -> {
            SsuiSample sample = byId.get(path.id());
            return sample == null || path.answer().steps().isEmpty()
                    ? new Arbiter.Judgement.Failed("no such question, or no answer")
                    : arbiter.judge(sample, new ReasoningPath(path.answer().steps()));
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
