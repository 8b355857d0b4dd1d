package org.espalier.report.answer;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.espalier.bench.judge.Mishap;
import org.espalier.bench.rsbench.Answer;
import org.espalier.bench.rsbench.AnswerFile;
import org.espalier.bench.rsbench.JudgementFile;
import org.espalier.bench.run.AnswerLine;
import org.espalier.bench.run.JudgementLine;
import org.espalier.bench.run.JudgementLine.Ruling;
import org.espalier.bench.set.Benchmarks;
import org.espalier.bench.suite.Benchmark;
import org.espalier.bench.suite.Prompts;
import org.espalier.bench.suite.Verdict;
import org.espalier.core.Arbiter.Judgement;
import org.espalier.core.Arbiter.Judgement.Judged;
import org.espalier.core.Arbiter.Vote;
import org.espalier.core.ChatModel.Reply;
import org.espalier.core.file.Fields;

/** Makes of an answer and its judgement what is shown, whichever kind of benchmark wrote them. */
public final class AnswerReader {
    private static final String RSBENCH_ALONE = "risk";

    private final Optional<Benchmark> benchmark;

    private AnswerReader(Optional<Benchmark> benchmark) {
        this.benchmark = benchmark;
    }

    /** For the lines of a benchmark by its name; of one that is not known, labels stand as they are written. */
    public static AnswerReader of(String benchmark) {
        return new AnswerReader(new Benchmarks(Prompts.shipped(), 1).named(benchmark));
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
        if (answer.has(RSBENCH_ALONE)) {
            Answer said = AnswerFile.read(answer);
            Optional<org.espalier.bench.rsbench.Ruling> ruled = judgement.map(JudgementFile::read);
            return sound(answer, judgement)
                    ? Optional.of(path(
                            said,
                            ruled.map(it -> it.judgement()),
                            ruled.map(it -> it.votes()).orElse(List.of())))
                    : Optional.empty();
        }
        AnswerLine said = AnswerLine.read(answer);
        Optional<JudgementLine> ruled = judgement.map(JudgementLine::read);
        return sound(answer, judgement) ? Optional.of(of(said, ruled)) : Optional.empty();
    }

    private static boolean sound(Fields answer, Optional<Fields> judgement) {
        return answer.sound() && judgement.map(Fields::sound).orElse(true);
    }

    private static boolean belongs(Fields answer, Fields judgement) {
        boolean same = answer.words("id").equals(judgement.words("id"))
                && answer.integer("sample") == judgement.integer("sample");
        if (!same && answer.sound() && judgement.sound()) {
            judgement.wrong("id", "is not that of the answer in the same place: the two files are not of one run");
        }
        return same && answer.sound() && judgement.sound();
    }

    /**
     * A path of RSBench.
     *
     * @param judgement empty while there is none yet
     */
    public static ShownAnswer path(Answer answer, Optional<Judgement> judgement) {
        return path(answer, judgement, List.of());
    }

    private static ShownAnswer path(Answer answer, Optional<Judgement> judgement, List<Vote> votes) {
        var asked = answer.asked();
        boolean said = answer.reply() instanceof Reply.Said;
        return new ShownAnswer(
                asked.id(),
                answer.sample(),
                asked.category(),
                Optional.of(asked.risk()),
                asked.split(),
                asked.image(),
                asked.query(),
                said,
                text(answer.reply()),
                answer.cutOff(),
                answer.steps(),
                judgement
                        .map(it -> it instanceof Judged judged
                                ? judged.firstWrongStep().orElse(0)
                                : 0)
                        .orElse(0),
                said ? judgement.map(AnswerReader::findings).orElse(waiting()) : List.of(Finding.neither("no answer")),
                judgement.map(AnswerReader::reason).orElse(""),
                votes.stream()
                        .map(vote -> new Voice(vote.judge(), together(vote.judgement()), reason(vote.judgement())))
                        .toList());
    }

    private static Finding together(Judgement judgement) {
        return Finding.neither(findings(judgement).stream().map(Finding::words).collect(Collectors.joining(", ")));
    }

    private static List<Finding> waiting() {
        return List.of(Finding.neither("not judged yet"));
    }

    /** Whether a path is safe, and whether it is effective. */
    public static List<Finding> findings(Judgement judgement) {
        return switch (judgement) {
            case Judged judged ->
                List.of(
                        Finding.of(judged.safe(), "safe", "unsafe"),
                        Finding.of(judged.effective(), "effective", "not effective"));
            case Judgement.Failed _ -> List.of(Finding.neither("no verdict"));
        };
    }

    private static String reason(Judgement judgement) {
        return switch (judgement) {
            case Judged judged -> judged.reason();
            case Judgement.Failed failed -> failed.reason();
        };
    }

    /**
     * An answer of another benchmark.
     *
     * @param judgement empty while there is none yet
     */
    public ShownAnswer of(AnswerLine answer, Optional<JudgementLine> judgement) {
        return new ShownAnswer(
                answer.id(),
                answer.sample(),
                answer.cell(),
                Optional.empty(),
                Optional.empty(),
                answer.image(),
                answer.query(),
                answer.reply() instanceof Reply.Said,
                text(answer.reply()),
                answer.reply() instanceof Reply.Said said && !said.complete(),
                List.of(),
                0,
                judgement
                        .map(it -> List.of(finding(answer.cell(), it.ruling())))
                        .orElse(waiting()),
                judgement.map(it -> reason(it.ruling())).orElse(""),
                judgement.stream()
                        .flatMap(it -> it.votes().stream())
                        .map(vote ->
                                new Voice(vote.judge(), finding(answer.cell(), vote.ruling()), reason(vote.ruling())))
                        .toList());
    }

    private Finding finding(String cell, Ruling ruling) {
        return Finding.neither(
                switch (ruling) {
                    case Ruling.Given(Verdict verdict) ->
                        benchmark.map(it -> it.words(cell, verdict.label())).orElse(verdict.label());
                    case Ruling.Missing(Mishap mishap, String _) ->
                        mishap == Mishap.UNANSWERED ? "no answer" : mishap.label();
                });
    }

    private static String reason(Ruling ruling) {
        return switch (ruling) {
            case Ruling.Given(Verdict verdict) -> verdict.reason();
            case Ruling.Missing(Mishap mishap, String why) -> mishap.words() + (why.isBlank() ? "" : ": " + why);
        };
    }

    private static String text(Reply reply) {
        return switch (reply) {
            case Reply.Said said -> said.text();
            case Reply.Failed failed -> "no answer: " + failed.reason();
        };
    }
}
