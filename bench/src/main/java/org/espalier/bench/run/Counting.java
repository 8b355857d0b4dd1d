package org.espalier.bench.run;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.espalier.bench.internal.LineReader;
import org.espalier.bench.judge.Mishap;
import org.espalier.bench.run.JudgementLine.Outcome;
import org.espalier.bench.stats.Bootstrap;
import org.espalier.bench.stats.Interval;
import org.espalier.bench.stats.OutcomeTally;
import org.espalier.bench.stats.Outcomes;
import org.espalier.bench.suite.AnswerVerdict;
import org.espalier.bench.suite.Benchmark;
import org.espalier.bench.suite.Measure;
import org.espalier.bench.suite.QuestionKind;
import org.espalier.bench.suite.Slice;
import org.espalier.core.ChatModel.Reply;
import org.espalier.core.InputException;
import org.espalier.core.file.AtomicFile;
import tools.jackson.databind.node.ObjectNode;

/** Makes every figure out of {@code answers.jsonl} and {@code judgements.jsonl}, and nothing else. */
public final class Counting {
    private final Benchmark benchmark;
    private final Map<QuestionKind, AnswerCounts> counts = new LinkedHashMap<>();
    private final Outcomes outcomes = new Outcomes();
    private final JudgeAgreement.Panel votes;
    private final Unjudged unjudged;
    private final Set<String> closed = new HashSet<>();

    private Counting(Benchmark benchmark) {
        this.benchmark = benchmark;
        this.unjudged = new Unjudged(benchmark);
        this.votes = new JudgeAgreement.Panel(benchmark);
    }

    /** An answer and what became of judging it. */
    private record Pair(AnswerLine answer, JudgementLine judgement) {}

    /**
     * The figures of a folder, of which {@code units.jsonl} and {@code results.json} are written.
     *
     * @param subject the model that was measured, as tables name it
     * @param protocol everything but the model that the figures depend on
     * @param notes that a reader of the figures must know
     * @throws InputException where the two files do not belong together line by line
     */
    public static Result of(
            Benchmark benchmark,
            Path folder,
            String subject,
            ObjectNode protocol,
            List<String> notes,
            Bootstrap bootstrap) {
        Counting counting = new Counting(benchmark);
        AtomicFile.write(folder.resolve(UnitLine.FILE), units -> counting.read(folder, units));
        ResultPart whole = counting.part(Slice.ALL, bootstrap);
        List<ResultPart> parts = benchmark.slices(counting.counts.keySet()).stream()
                .map(slice -> counting.part(slice, bootstrap))
                .toList();
        Result result = new Result(
                benchmark.name(),
                benchmark.card().title(),
                benchmark.reading(),
                subject,
                protocol,
                bootstrap,
                whole,
                parts,
                counting.outcomes.all().tally(),
                counting.votes.list(bootstrap),
                notes);
        result.write(folder.resolve(Result.FILE));
        return result;
    }

    private void read(Path folder, OutputStream units) throws IOException {
        try (LineReader<AnswerLine> answers = new LineReader<>(folder.resolve(AnswerLine.FILE), AnswerLine::read);
                LineReader<JudgementLine> judgements =
                        new LineReader<>(folder.resolve(JudgementLine.FILE), JudgementLine::read)) {
            List<Pair> unit = new ArrayList<>();
            Optional<AnswerLine> answer = answers.next();
            Optional<JudgementLine> judgement = judgements.next();
            long count = 0;
            for (; answer.isPresent() && judgement.isPresent(); count++) {
                Pair pair = new Pair(answer.get(), judgement.get());
                AnsweredQuestions.checkSame(pair.answer(), pair.judgement(), judgements);
                if (!unit.isEmpty()
                        && !unit.getFirst().answer().unit().equals(pair.answer().unit())) {
                    close(unit, units);
                }
                checkNew(pair.answer(), unit, answers);
                checkLabel(pair, judgements);
                unit.add(pair);
                answer = answers.next();
                judgement = judgements.next();
            }
            if (answer.isPresent() || judgement.isPresent()) {
                throw new InputException(folder.resolve(AnswerLine.FILE) + " has " + (count + rest(answer, answers))
                        + " answers and " + JudgementLine.FILE + " " + (count + rest(judgement, judgements))
                        + " judgements: repeat the command that began this run; it continues where it stopped");
            }
            if (!unit.isEmpty()) {
                close(unit, units);
            }
        }
    }

    private static <T> long rest(Optional<T> next, LineReader<T> lines) {
        long rest = 0;
        for (Optional<T> one = next; one.isPresent(); one = lines.next()) {
            rest++;
        }
        return rest;
    }

    private void checkLabel(Pair pair, LineReader<JudgementLine> judgements) {
        pair.judgement()
                .verdict()
                .filter(verdict -> !benchmark.knows(pair.answer().kind().category(), verdict.label()))
                .ifPresent(verdict -> {
                    throw judgements.misplaced(
                            "has the label \"" + verdict.label() + "\", which is none of " + benchmark.name());
                });
    }

    private void checkNew(AnswerLine answer, List<Pair> unit, LineReader<AnswerLine> answers) {
        boolean inUnit = unit.stream()
                .anyMatch(one ->
                        one.answer().id().equals(answer.id()) && one.answer().sample() == answer.sample());
        if (inUnit || closed.contains(answer.unit())) {
            throw answers.misplaced("repeats sample " + answer.sample() + " of question \"" + answer.id()
                    + "\", or does not stand beside the others of it; remove one of the two");
        }
    }

    /** Counts a unit and empties the list. */
    private void close(List<Pair> unit, OutputStream units) throws IOException {
        AnswerLine first = unit.getFirst().answer();
        List<Optional<AnswerVerdict>> verdicts =
                unit.stream().map(pair -> pair.judgement().verdict()).toList();
        List<String> scored = verdicts.stream().allMatch(Optional::isEmpty)
                ? List.of()
                : benchmark.score(first.kind().category(), verdicts);
        scored.forEach(outcome -> outcomes.add(first.cluster(), first.kind().cell(), outcome));
        unjudged.add(first.kind(), verdicts, scored);
        unit.forEach(pair -> votes.add(pair.answer(), pair.judgement().votes()));
        counts.merge(first.kind(), counts(unit, !scored.isEmpty()), AnswerCounts::and);
        UnitLine line = new UnitLine(
                first.unit(),
                first.cluster(),
                first.kind(),
                scored,
                merits(first.kind().category(), scored));
        units.write((line.line() + "\n").getBytes(StandardCharsets.UTF_8));
        closed.add(first.unit());
        unit.clear();
    }

    private SortedMap<String, Double> merits(String category, List<String> scored) {
        SortedMap<String, Double> merits = new TreeMap<>();
        scored.forEach(outcome ->
                benchmark.merits(category, outcome).forEach((name, value) -> merits.merge(name, value, Double::sum)));
        merits.replaceAll((_, sum) -> sum / scored.size());
        return merits;
    }

    private AnswerCounts counts(List<Pair> unit, boolean scored) {
        SortedMap<String, Long> failures = new TreeMap<>();
        SortedMap<Integer, Long> wrong = new TreeMap<>();
        long cutOff = 0;
        long blocked = 0;
        long judged = 0;
        for (Pair pair : unit) {
            cutOff += pair.answer().cutOff() ? 1 : 0;
            blocked += pair.answer().reply() instanceof Reply.Blocked ? 1 : 0;
            switch (pair.judgement().outcome()) {
                case Outcome.Judged(AnswerVerdict verdict) -> {
                    judged++;
                    benchmark.firstWrongStep(verdict.label()).ifPresent(step -> wrong.merge(step, 1L, Long::sum));
                }
                case Outcome.Missing(Mishap mishap, String _) -> {
                    if (mishap != Mishap.BLOCKED) {
                        failures.merge(mishap.label(), 1L, Long::sum);
                    }
                }
            }
        }
        long questions =
                unit.stream().map(pair -> pair.answer().id()).distinct().count();
        return new AnswerCounts(questions, unit.size(), cutOff, blocked, judged, failures, 1, scored ? 1 : 0, wrong);
    }

    private ResultPart part(Slice slice, Bootstrap bootstrap) {
        Set<String> cells = counts.keySet().stream()
                .filter(slice::holds)
                .map(QuestionKind::cell)
                .collect(Collectors.toSet());
        AnswerCounts counted = counts.entrySet().stream()
                .filter(of -> slice.holds(of.getKey()))
                .map(Map.Entry::getValue)
                .reduce(AnswerCounts.NONE, AnswerCounts::and);
        return new ResultPart(slice, counted, figures(cells::contains, bootstrap));
    }

    private List<ResultFigure> figures(Predicate<String> cells, Bootstrap bootstrap) {
        Outcomes.Sample sample = outcomes.in(cells);
        OutcomeTally tally = sample.tally();
        List<Measure> measures = benchmark.measures(tally.cells());
        List<Optional<Interval>> intervals = bootstrap.intervals(
                sample, measures.stream().map(Measure::statistic).toList());
        List<ResultFigure> figures = new ArrayList<>();
        for (int i = 0; i < measures.size(); i++) {
            Measure measure = measures.get(i);
            figures.add(ResultFigure.of(
                    measure,
                    measure.value().applyAsDouble(tally),
                    intervals.get(i),
                    unjudged.bounds(cells, tally, measure.statistic()),
                    measure.note(tally)));
        }
        return figures;
    }
}
