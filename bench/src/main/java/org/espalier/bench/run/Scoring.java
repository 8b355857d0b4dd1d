package org.espalier.bench.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.espalier.bench.files.LineReader;
import org.espalier.bench.run.JudgementLine.Ruling;
import org.espalier.bench.run.JudgementLine.Vote;
import org.espalier.bench.stats.Bootstrap;
import org.espalier.bench.stats.Interval;
import org.espalier.bench.stats.Tally;
import org.espalier.bench.stats.TallyBootstrap;
import org.espalier.bench.suite.Benchmark;
import org.espalier.bench.suite.Judged;
import org.espalier.bench.suite.Measure;
import org.espalier.bench.suite.QuestionSet;
import org.espalier.bench.suite.Scored;
import org.espalier.bench.suite.Verdict;
import org.espalier.core.ChatModel.Reply;
import org.espalier.core.InputException;
import org.espalier.core.file.AtomicFile;
import tools.jackson.databind.node.ObjectNode;

/** Makes every figure out of {@code answers.jsonl} and {@code judgements.jsonl}, and nothing else. */
public final class Scoring {
    private final Benchmark benchmark;
    private final QuestionSet set;
    private final int samples;
    private final Tally tally = new Tally();
    private final SortedMap<String, Long> mishaps = new TreeMap<>();
    private final PanelAgreement votes = new PanelAgreement();
    private long cutOff;
    private long judged;
    private long units;
    private long scored;

    private Scoring(Benchmark benchmark, QuestionSet set, int samples) {
        this.benchmark = benchmark;
        this.set = set;
        this.samples = samples;
    }

    /** Hears what each unit counted as; empty where too much of it has no verdict. */
    @FunctionalInterface
    private interface Each {
        void take(String unit, Optional<Scored> scored) throws IOException;
    }

    /** The figures of a folder, and {@code units.jsonl} beside them. */
    public static Result of(
            Benchmark benchmark,
            QuestionSet set,
            int samples,
            Path folder,
            String subject,
            ObjectNode protocol,
            Bootstrap bootstrap) {
        Scoring scoring = new Scoring(benchmark, set, samples);
        AtomicFile.write(
                folder.resolve(UnitLine.FILE),
                out -> scoring.count(folder, (unit, scored) -> {
                    double merit = scored.map(benchmark::merit).orElse(0.0);
                    byte[] line = (UnitLine.of(unit, scored, merit).line() + "\n").getBytes(StandardCharsets.UTF_8);
                    out.write(line);
                }));
        return scoring.result(subject, protocol, bootstrap);
    }

    private void count(Path folder, Each each) throws IOException {
        Path file = folder.resolve(JudgementLine.FILE);
        try (LineReader<AnswerLine> answers = new LineReader<>(folder.resolve(AnswerLine.FILE), AnswerLine::read);
                LineReader<JudgementLine> judgements = new LineReader<>(file, JudgementLine::read)) {
            List<Judged> unit = new ArrayList<>();
            for (var item : set.items()) {
                if (!unit.isEmpty() && !unit.getFirst().item().unit().equals(item.unit())) {
                    close(unit, each);
                }
                for (int sample = 0; sample < samples; sample++) {
                    AnswerLine answer = answers.next().orElseThrow(() -> unfinished(folder));
                    JudgementLine line = judgements.next().orElseThrow(() -> unfinished(folder));
                    if (!line.id().equals(item.id())
                            || !answer.id().equals(item.id())
                            || line.sample() != sample
                            || answer.sample() != sample) {
                        throw judgements.stranger("is of question \"" + line.id() + "\" where the data have \""
                                + item.id() + "\": answers, judgements and data are not of one run");
                    }
                    unit.add(new Judged(item, sample, verdict(answer, line)));
                }
            }
            if (!unit.isEmpty()) {
                close(unit, each);
            }
        }
    }

    private static InputException unfinished(Path folder) {
        return new InputException("the run in " + folder
                + " has not come to its end: repeat the command that began it, it goes on where it stopped");
    }

    private Optional<Verdict> verdict(AnswerLine answer, JudgementLine line) {
        cutOff += answer.reply() instanceof Reply.Said said && !said.complete() ? 1 : 0;
        compare(line.votes());
        return switch (line.ruling()) {
            case Ruling.Given(Verdict verdict) -> {
                judged++;
                yield Optional.of(verdict);
            }
            case Ruling.Missing missing -> {
                mishaps.merge(missing.mishap().label(), 1L, Long::sum);
                yield Optional.empty();
            }
        };
    }

    /** Judges agree or not on the verdict that a label begins with; SafeBench has ratings behind it. */
    private void compare(List<Vote> line) {
        List<PanelAgreement.Said> said = new ArrayList<>();
        for (Vote vote : line) {
            if (vote.ruling() instanceof Ruling.Given(Verdict verdict)) {
                said.add(new PanelAgreement.Said(vote.judge(), verdict.label().split(" ", 2)[0]));
            }
        }
        votes.add(said);
    }

    private void close(List<Judged> unit, Each each) throws IOException {
        units++;
        Optional<Scored> counted =
                unit.stream().allMatch(one -> one.verdict().isEmpty()) ? Optional.empty() : benchmark.score(unit);
        counted.ifPresent(one -> {
            scored++;
            tally.add(one.cell(), one.outcome());
        });
        each.take(unit.getFirst().item().unit(), counted);
        unit.clear();
    }

    private Result result(String subject, ObjectNode protocol, Bootstrap bootstrap) {
        List<Measure> measures = benchmark.measures(tally.cells());
        List<ToDoubleFunction<Tally>> values =
                measures.stream().map(Measure::value).toList();
        List<Optional<Interval>> intervals = new TallyBootstrap(bootstrap).intervals(tally, values);
        List<Figure> figures = new ArrayList<>();
        for (int i = 0; i < measures.size(); i++) {
            Measure measure = measures.get(i);
            double value = measure.value().applyAsDouble(tally);
            figures.add(new Figure(
                    measure.key(),
                    measure.title(),
                    measure.direction(),
                    measure.headline(),
                    Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value),
                    intervals.get(i),
                    Double.isNaN(value) ? Optional.empty() : measure.note(tally)));
        }
        return new Result(
                benchmark.name(),
                benchmark.card().title(),
                subject,
                protocol,
                new Tallied(
                        set.items().size(),
                        (long) set.items().size() * samples,
                        cutOff,
                        judged,
                        mishaps,
                        units,
                        scored),
                bootstrap,
                figures,
                tally,
                votes.list(),
                set.notes());
    }
}
