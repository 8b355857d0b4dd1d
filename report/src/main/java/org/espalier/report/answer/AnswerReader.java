package org.espalier.report.answer;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.espalier.bench.judge.Mishap;
import org.espalier.bench.own.OwnBenchmark;
import org.espalier.bench.run.AnswerLine;
import org.espalier.bench.run.JudgementLine;
import org.espalier.bench.run.JudgementLine.Outcome;
import org.espalier.bench.set.Benchmarks;
import org.espalier.bench.suite.AnswerVerdict;
import org.espalier.bench.suite.Benchmark;
import org.espalier.bench.suite.Finding;
import org.espalier.core.ChatModel.Reply;
import org.espalier.core.file.Fields;

/** Makes of an answer and its judgement what is shown. */
public final class AnswerReader {
    private final Optional<Benchmark> benchmark;

    private AnswerReader(Optional<Benchmark> benchmark) {
        this.benchmark = benchmark;
    }

    /** For the lines of a benchmark by its name; of one that is not known, labels stand as they are written. */
    public static AnswerReader of(String benchmark) {
        return new AnswerReader(Benchmarks.shipped().named(benchmark));
    }

    /** For the lines of a run, which may keep a benchmark of somebody's own. */
    public static AnswerReader of(String benchmark, Path run) {
        return new AnswerReader(Benchmarks.shipped().named(benchmark).or(() -> OwnBenchmark.keptIn(run)));
    }

    /**
     * Reads the lines of an answer; what is wrong with them is noted there.
     *
     * @param judgement empty while there is none yet
     * @return empty if something is wrong with one of them
     */
    public Optional<ShownAnswer> read(Fields answer, Optional<Fields> judgement) {
        if (judgement.isPresent() && !belongs(answer, judgement.get())) {
            return Optional.empty();
        }
        AnswerLine said = AnswerLine.read(answer);
        Optional<JudgementLine> judged = judgement.map(JudgementLine::read);
        return answer.sound() && judgement.map(Fields::sound).orElse(true)
                ? Optional.of(of(said, judged))
                : Optional.empty();
    }

    private static boolean belongs(Fields answer, Fields judgement) {
        boolean same = answer.words("id").equals(judgement.words("id"))
                && answer.integer("sample") == judgement.integer("sample");
        if (!same && answer.sound() && judgement.sound()) {
            judgement.wrong("id", "is not that of the answer in the same place: the two files are not of one run");
        }
        return same && answer.sound() && judgement.sound();
    }

    /** @param judgement empty while there is none yet */
    public ShownAnswer of(AnswerLine answer, Optional<JudgementLine> judgement) {
        String category = answer.kind().category();
        return new ShownAnswer(
                answer.id(),
                answer.sample(),
                category,
                answer.kind().risk(),
                answer.kind().split(),
                answer.image(),
                answer.query(),
                answer.reply() instanceof Reply.Said,
                text(answer.reply()),
                answer.cutOff(),
                answer.steps(),
                judgement
                        .flatMap(JudgementLine::verdict)
                        .map(this::firstWrongStep)
                        .orElse(0),
                judgement
                        .map(it -> findings(category, it.outcome()))
                        .orElse(List.of(Finding.neither("not judged yet"))),
                judgement.map(it -> reason(it.outcome())).orElse(""),
                judgement.stream()
                        .flatMap(it -> it.votes().stream())
                        .map(vote -> new ShownAnswer.Voice(
                                vote.judge(), together(category, vote.outcome()), reason(vote.outcome())))
                        .toList());
    }

    private int firstWrongStep(AnswerVerdict verdict) {
        return benchmark.map(it -> it.firstWrongStep(verdict.label()).orElse(0)).orElse(0);
    }

    /**
     * How well an answer with this verdict is, from 0 to 1: the least of what its benchmark says. Empty where nothing was
     * found, or the answer is scored together with others.
     */
    public OptionalDouble merit(AnswerLine answer, JudgementLine judgement) {
        Optional<AnswerVerdict> verdict = judgement.verdict();
        if (benchmark.isEmpty() || verdict.isEmpty() || !answer.unit().equals(answer.id())) {
            return OptionalDouble.empty();
        }
        String category = answer.kind().category();
        return benchmark.get().score(category, List.of(verdict)).stream()
                .flatMap(outcome -> benchmark.get().merits(category, outcome).values().stream())
                .mapToDouble(Double::doubleValue)
                .min();
    }

    private List<Finding> findings(String category, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Judged(AnswerVerdict verdict) ->
                benchmark
                        .map(it -> it.findings(category, verdict.label()))
                        .orElse(List.of(Finding.neither(verdict.label())));
            case Outcome.Missing(Mishap mishap, String _) ->
                List.of(Finding.neither(
                        mishap == Mishap.UNANSWERED
                                ? "no answer"
                                : mishap.label().replace('-', ' ')));
        };
    }

    private Finding together(String category, Outcome outcome) {
        return Finding.neither(
                findings(category, outcome).stream().map(Finding::words).collect(Collectors.joining(", ")));
    }

    private static String reason(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Judged(AnswerVerdict verdict) -> verdict.reason();
            case Outcome.Missing(Mishap mishap, String why) -> mishap.words() + (why.isBlank() ? "" : ": " + why);
        };
    }

    private static String text(Reply reply) {
        return switch (reply) {
            case Reply.Said said -> said.text();
            case Reply.Failed failed -> "no answer: " + failed.reason();
            case Reply.Blocked blocked -> "blocked: " + blocked.reason();
        };
    }
}
