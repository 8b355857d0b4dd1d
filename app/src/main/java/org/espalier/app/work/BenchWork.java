package org.espalier.app.work;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.espalier.app.config.BenchSettings;
import org.espalier.app.config.Resolved;
import org.espalier.app.config.RunSettings;
import org.espalier.app.console.RunLog;
import org.espalier.bench.run.ArbiterJudge;
import org.espalier.bench.run.Asking;
import org.espalier.bench.run.Counting;
import org.espalier.bench.run.ImportedVerdicts;
import org.espalier.bench.run.Judge;
import org.espalier.bench.run.JudgePanel;
import org.espalier.bench.run.Judging;
import org.espalier.bench.run.Protocol;
import org.espalier.bench.run.RecordedAnswers;
import org.espalier.bench.run.Result;
import org.espalier.bench.run.ResultFile;
import org.espalier.bench.stats.Bootstrap;
import org.espalier.bench.suite.Benchmark;
import org.espalier.bench.suite.BenchmarkItem;
import org.espalier.bench.suite.QuestionSet;
import org.espalier.core.ChatModel;
import org.espalier.core.InputException;
import org.espalier.core.Sampling;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.RunFolder;
import org.espalier.core.file.RunPlan;
import org.espalier.core.file.Sha256;
import org.espalier.core.text.Counted;
import org.espalier.core.text.StepSplitter;
import org.espalier.endpoint.plan.EndpointPlan;
import tools.jackson.databind.node.ObjectNode;

/**
 * Measures a model on a benchmark: answers, judgements, figures.
 *
 * @param judges models, verdicts from a file, or exact rules where there are any
 * @param title what tables call the model; empty for the method that trained it, or its name
 */
public record BenchWork(
        BenchmarkChoice choice,
        MeasuredModel model,
        Judges judges,
        Path out,
        Optional<String> title,
        Resolved<RunSettings> run,
        Resolved<BenchSettings> bench) {
    /** Judged together where nobody is asked: each group's end waits for the disk. */
    private static final int UNASKED = 1000;

    /**
     * What is measured.
     *
     * @param unaided who judges without any endpoint
     */
    private record Measurement(Benchmark benchmark, QuestionSet set, Optional<Judge> unaided, ObjectNode protocol) {}

    /** Reads benchmark, questions and imported verdicts; all that can be refused before a run is begun. */
    private Measurement prepared() {
        BenchSettings settings = bench.settings();
        StepSplitter.Style steps = model.steps().orElse(settings.steps());
        Benchmark benchmark = choice.benchmark(settings.paths(), steps);
        QuestionSet set = choice.questions(benchmark, run.settings().seed());
        Optional<Judge> unaided = unaided(benchmark, set);
        Optional<String> instruction = benchmark.chainOfThought().filter(_ -> thinks(set));
        QuestionSet asked = instruction.map(set::asking).orElse(set);
        MeasuredModel.Conduct conduct = model.conduct(settings, maxTokens(benchmark));
        ObjectNode protocol = Protocol.of(
                benchmark,
                asked,
                conduct.pictures(),
                conduct.decoding(),
                judges(benchmark),
                judges instanceof Judges.Models ? benchmark.judgePrompts() : List.of());
        if (benchmark.chainOfThought().isPresent()) {
            protocol.put("steps", steps.name().toLowerCase(Locale.ROOT))
                    .put("chain_of_thought", instruction.map(Sha256::of).orElse("none"));
        }
        return new Measurement(benchmark, asked, unaided, protocol);
    }

    private Optional<Judge> unaided(Benchmark benchmark, QuestionSet set) {
        return switch (judges) {
            case Judges.Models _ -> Optional.empty();
            case Judges.Imported(Path file) -> Optional.of(new ImportedVerdicts(benchmark, set, file));
            case Judges.Rules _ -> Optional.of(byRules(benchmark, set));
        };
    }

    private Judge byRules(Benchmark benchmark, QuestionSet set) {
        if (benchmark.judgePrompts().isEmpty()) {
            return new JudgePanel(benchmark, List.of());
        }
        List<SsuiSample> samples = samples(set);
        if (samples.isEmpty()) {
            throw new InputException(benchmark.card().title()
                    + " needs a judge: name one with --judge URL --judge-model NAME, or give verdicts with"
                    + " --judgements FILE");
        }
        return new ArbiterJudge(benchmark, Rules.arbiter(samples, choice.data()));
    }

    /** Who judges, for people. */
    private List<String> judges(Benchmark benchmark) {
        return judges instanceof Judges.Rules && benchmark.judgePrompts().isEmpty()
                ? List.of("the benchmark's own rules")
                : judges.words();
    }

    private static List<SsuiSample> samples(QuestionSet set) {
        return set.items().stream()
                .map(BenchmarkItem::sample)
                .flatMap(Optional::stream)
                .toList();
    }

    private boolean thinks(QuestionSet set) {
        return model.chainOfThought().orElseGet(() -> switch (bench.settings().chainOfThought()) {
            case AUTO -> !Rules.ofTheGreenhouse(samples(set));
            case ON -> true;
            case OFF -> false;
        });
    }

    private int maxTokens(Benchmark benchmark) {
        return MeasuredModel.maxTokens(bench, benchmark.maxTokens());
    }

    private String subject() {
        return title.orElseGet(model::title);
    }

    /** Refuses what cannot be measured, in a sentence. */
    void check() {
        prepared();
    }

    /** Says what would be done, and what it would cost. */
    public BenchForecast.Total forecast(Desk desk) {
        Measurement what = prepared();
        Benchmark benchmark = what.benchmark();
        if (model instanceof MeasuredModel.Local local) {
            AskedModel.sampling(
                    local,
                    bench.settings(),
                    maxTokens(benchmark),
                    run.settings().seed());
        }
        desk.say("Would ask " + Counted.of(what.set().items().size(), "question") + " of "
                + benchmark.card().title() + ", " + MeasuredModel.each(benchmark.samples(), "answer") + ", of "
                + model.title() + " into " + out + "; judged by " + String.join("; ", judges(benchmark)) + ":");
        what.set().notes().forEach(note -> desk.say("  " + note));
        Destination.foresee(desk, out, () -> plan(what));
        return new BenchForecast(
                        what.set().items().stream()
                                .map(BenchmarkItem::conversation)
                                .toList(),
                        benchmark.samples(),
                        maxTokens(benchmark),
                        benchmark.callsPerAnswer())
                .say(desk, model, judges, bench.settings());
    }

    /** Asks, judges and counts what is not asked, judged and counted yet. */
    public Result run(Desk desk) {
        Measurement what = prepared();
        try (RunFolder folder = RunFolder.open(out, plan(what));
                RunLog log = RunLog.open(out)) {
            if (folder.finished()) {
                return finished(what);
            }
            log.say("asking " + Counted.of(what.set().items().size(), "question"));
            what.set().notes().forEach(log::say);
            try (OpenEndpoints endpoints = OpenEndpoints.in(out, plans())) {
                ask(what, endpoints, desk);
                Judge judge = what.unaided()
                        .orElseGet(() -> new JudgePanel(what.benchmark(), endpoints.judges(judges.plans())));
                int group = judges.plans().isEmpty() ? UNASKED : group(judges.plans());
                new Judging(what.benchmark(), judge, group, desk.progress()).run(what.set(), out);
            }
            Result result = counted(what);
            folder.finish();
            return result;
        }
    }

    /** Of a run that is done: its results, made again from its answers and judgements where they are gone or broken. */
    private Result finished(Measurement what) {
        try {
            return ResultFile.read(out.resolve(Result.FILE));
        } catch (InputException _) {
            return counted(what);
        }
    }

    private Result counted(Measurement what) {
        judges.answeredAs(out).ifPresent(names -> what.protocol().set("judge_answered_as", names));
        return Counting.of(
                what.benchmark(),
                out,
                subject(),
                what.protocol(),
                what.set().notes(),
                Bootstrap.of(run.settings().seed()));
    }

    private RunPlan plan(Measurement what) {
        RunPlan.Builder plan =
                model.plan("bench " + choice.name()).seed("seed", run.settings().seed());
        String hash = what.protocol().path("data").path("sha256").asString();
        bench.into(choice.into(plan, what.set(), hash))
                .setting(
                        "judge",
                        judges(what.benchmark()),
                        judges instanceof Judges.Rules ? "the data" : "the command line")
                .setting("protocol", what.protocol(), "the benchmark and its settings");
        title.ifPresent(words -> plan.setting("method", words, "flag --as"));
        if (judges instanceof Judges.Imported(Path file)) {
            plan.input("judgements", file);
        }
        return plan.build();
    }

    private List<EndpointPlan> plans() {
        List<EndpointPlan> plans = new ArrayList<>(judges.plans());
        if (model instanceof MeasuredModel.Remote(EndpointPlan plan)) {
            plans.add(OpenEndpoints.asked(plan, bench.settings()));
        }
        return plans;
    }

    private void ask(Measurement what, OpenEndpoints endpoints, Desk desk) {
        int tokens = maxTokens(what.benchmark());
        long seed = run.settings().seed();
        Sampling sampling = MeasuredModel.sampling(bench.settings(), tokens, seed);
        switch (model) {
            case MeasuredModel.Local local -> {
                try (AskedModel asked = AskedModel.open(local, bench.settings(), tokens, seed)) {
                    ask(what, asked.model(), asked.sampling(), bench.settings().groupSize(), desk);
                }
            }
            case MeasuredModel.Remote(EndpointPlan plan) ->
                ask(what, endpoints.model(plan), sampling, group(List.of(plan)), desk);
            case MeasuredModel.Answered answered -> {
                try (RecordedAnswers recorded = answered.answers()) {
                    ask(what, recorded, sampling, bench.settings().groupSize(), desk);
                }
            }
        }
    }

    private void ask(Measurement what, ChatModel asked, Sampling sampling, int group, Desk desk) {
        new Asking(what.benchmark(), asked, sampling, group, desk.progress()).run(what.set(), out);
    }

    /** So many at once that no call that the endpoint could make waits for a group's slowest. */
    private int group(List<EndpointPlan> plans) {
        return Math.max(
                bench.settings().groupSize(),
                plans.stream()
                        .mapToInt(plan -> 8 * plan.limits().concurrency())
                        .max()
                        .orElse(1));
    }
}
