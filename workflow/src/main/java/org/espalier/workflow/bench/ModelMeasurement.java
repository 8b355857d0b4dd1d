package org.espalier.workflow.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.espalier.bench.judge.JudgeModel;
import org.espalier.bench.own.OwnBenchmark;
import org.espalier.bench.run.AnswerSource;
import org.espalier.bench.run.ArbiterJudge;
import org.espalier.bench.run.Asking;
import org.espalier.bench.run.BenchSettings;
import org.espalier.bench.run.Counting;
import org.espalier.bench.run.ImportedVerdicts;
import org.espalier.bench.run.Judge;
import org.espalier.bench.run.JudgePanel;
import org.espalier.bench.run.Judging;
import org.espalier.bench.run.Protocol;
import org.espalier.bench.run.Result;
import org.espalier.bench.stats.Bootstrap;
import org.espalier.bench.suite.Benchmark;
import org.espalier.bench.suite.BenchmarkItem;
import org.espalier.bench.suite.QuestionSet;
import org.espalier.core.ChatModel;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.Sampling;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.RunFolder;
import org.espalier.core.file.RunPlan;
import org.espalier.core.file.Sha256;
import org.espalier.core.settings.Resolved;
import org.espalier.core.text.Counted;
import org.espalier.core.text.StepSplitter;
import org.espalier.core.work.GroupRunner;
import org.espalier.core.work.GroupWork;
import org.espalier.endpoint.EndpointChatModel;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.greenhouse.path.GreenhouseRules;
import org.espalier.model.ModelFolder;
import org.espalier.model.generate.LocalModel;
import org.espalier.model.lora.AdapterFiles;
import org.espalier.workflow.internal.EndpointJudge;
import org.espalier.workflow.run.RunEndpoints;
import org.espalier.workflow.run.RunLog;
import org.espalier.workflow.run.Speed;
import tools.jackson.databind.node.ObjectNode;

/**
 * The measurement of a model on a benchmark: answers, judgements, figures.
 *
 * @param out the folder of the run; the same measurement resumes there
 * @param judges models, verdicts from a file, or exact rules where there are any
 * @param title what tables call the model; empty for the method that trained it, or its name
 * @param seed names every random number
 */
public record ModelMeasurement(
        BenchmarkChoice choice,
        MeasuredModel model,
        Judges judges,
        Path out,
        Optional<String> title,
        long seed,
        Resolved<BenchSettings> settings) {
    /**
     * What a measurement would do.
     *
     * @param benchmark its title
     * @param samples answers to each question
     * @param judges in words
     * @param found what is in the folder of the run
     * @param notes what a person should know before, in sentences
     */
    public record Plan(
            String benchmark,
            int questions,
            int samples,
            List<String> judges,
            RunFolder.Found found,
            List<String> notes) {
        public Plan {
            judges = List.copyOf(judges);
            notes = List.copyOf(notes);
        }
    }

    /** Judged together where nobody is asked: each group's end waits for the disk. */
    private static final int UNASKED = 1000;

    /** With the paper's settings and seed 0, judged by the rules of the benchmark or of the data. */
    public static ModelMeasurement of(MeasuredModel model, BenchmarkChoice choice, Path out) {
        return new ModelMeasurement(
                choice,
                model,
                new Judges.Rules(),
                out,
                Optional.empty(),
                0,
                Resolved.of(BenchSettings.PAPER, "preset paper"));
    }

    /** The same with other settings. */
    public ModelMeasurement with(BenchSettings other) {
        return new ModelMeasurement(choice, model, judges, out, title, seed, Resolved.of(other, Resolved.BY_PROGRAM));
    }

    /** The same by another benchmark, into another folder. */
    ModelMeasurement by(BenchmarkChoice other, Path folder) {
        return new ModelMeasurement(other, model, judges, folder, title, seed, settings);
    }

    /**
     * What is measured.
     *
     * @param unaided who judges without any endpoint
     */
    private record Prepared(Benchmark benchmark, QuestionSet set, Optional<Judge> unaided, ObjectNode protocol) {}

    /** What is asked. */
    AskedQuestions asked() {
        BenchSettings chosen = settings.settings();
        StepSplitter.Style steps = model.steps().orElse(chosen.steps());
        Benchmark benchmark = choice.benchmark(chosen.paths(), steps);
        QuestionSet set = choice.questions(benchmark, seed);
        return new AskedQuestions(benchmark, set, benchmark.chainOfThought().filter(_ -> thinks(set)), steps);
    }

    /** Reads benchmark, questions and imported verdicts; all that can be refused before a run is started. */
    private Prepared prepared() {
        AskedQuestions what = asked();
        Benchmark benchmark = what.benchmark();
        Optional<Judge> unaided = unaided(benchmark, what.set());
        QuestionSet asked = what.questions();
        MeasuredModel.Conduct conduct = model.conduct(chosen(benchmark), maxTokens(benchmark));
        ObjectNode protocol = Protocol.of(
                benchmark,
                asked,
                conduct.pictures(),
                conduct.decoding(),
                judges(benchmark),
                judges instanceof Judges.Models ? benchmark.judgePrompts() : List.of(),
                choice.convention());
        protocol.put("order", textFirst(benchmark) ? "text, picture" : "picture, text");
        if (benchmark.chainOfThought().isPresent()) {
            protocol.put("steps", what.steps().label())
                    .put("chain_of_thought", what.instruction().map(Sha256::of).orElse("none"));
        }
        return new Prepared(benchmark, asked, unaided, protocol);
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
        List<SsuiSample> samples = AskedQuestions.samples(set);
        if (samples.isEmpty()) {
            throw new InputException(benchmark.card().title()
                    + " needs a judge: name one with --judge URL --judge-model NAME, or give verdicts with"
                    + " --judgements FILE");
        }
        return new ArbiterJudge(benchmark, Judges.Rules.of(samples, choice.data()));
    }

    /** Who judges, for people. */
    private List<String> judges(Benchmark benchmark) {
        return !(judges instanceof Judges.Imported) && benchmark.judgePrompts().isEmpty()
                ? List.of("the benchmark's own rules")
                : judges.words();
    }

    private boolean thinks(QuestionSet set) {
        return model.chainOfThought()
                .orElseGet(() -> switch (settings.settings().chainOfThought()) {
                    case AUTO -> !GreenhouseRules.applyTo(AskedQuestions.samples(set));
                    case ON -> true;
                    case OFF -> false;
                });
    }

    /** New tokens at most: as published, unless somebody says otherwise. */
    private int maxTokens(Benchmark benchmark) {
        Resolved.Origin origin = settings.origins().get("max-tokens");
        return origin == null || origin.source().startsWith("preset")
                ? benchmark.card().asks().maxTokens()
                : settings.settings().maxTokens();
    }

    /** The settings; greedy where the published program is and that is asked for, unless somebody says otherwise. */
    private BenchSettings chosen(Benchmark benchmark) {
        Resolved.Origin origin = settings.origins().get("decoding");
        boolean preset = origin == null || origin.source().startsWith("preset");
        return choice.official() && benchmark.card().asks().greedy() && preset
                ? settings.settings().decoding(BenchSettings.Decoding.GREEDY)
                : settings.settings();
    }

    private boolean textFirst(Benchmark benchmark) {
        return choice.official() && benchmark.card().asks().textFirst();
    }

    private String subject() {
        return title.orElseGet(model::title);
    }

    /** Refuses what cannot be measured, in a sentence. */
    void check() {
        prepared();
    }

    /** What would be done; nothing is written. Refuses what {@link #run} would refuse. */
    public Plan plan() {
        Prepared what = prepared();
        Benchmark benchmark = what.benchmark();
        if (model instanceof MeasuredModel.Local local) {
            local.sampling(chosen(benchmark), maxTokens(benchmark), seed);
            local.adapter().ifPresent(folder -> AdapterFiles.requireFits(ModelFolder.open(local.model()), folder));
        }
        return new Plan(
                benchmark.card().title(),
                what.set().items().size(),
                benchmark.samples(),
                judges(benchmark),
                RunFolder.inspect(out, () -> plan(what)),
                what.set().notes());
    }

    /** What it would take, from the beginning; in this process on two cores. */
    public MeasurementForecast forecast() {
        return forecast(Speed.TWO_CORES);
    }

    /** What it would take, from the beginning. */
    public MeasurementForecast forecast(Speed speed) {
        Prepared what = prepared();
        return MeasurementForecast.of(
                what.set().items(),
                what.benchmark(),
                maxTokens(what.benchmark()),
                model,
                speed,
                judges,
                settings.settings());
    }

    /** Asks, judges and counts what is not asked, judged and counted yet. */
    public Result run(Progress progress) {
        return run(GroupRunner.HERE, progress);
    }

    /** The same, the model asked wherever the runner has it done: the answers are the same. */
    public Result run(GroupRunner runner, Progress progress) {
        Prepared what = prepared();
        try (RunFolder folder = RunFolder.open(out, plan(what));
                RunLog log = RunLog.open(out)) {
            if (folder.finished()) {
                return finished(what);
            }
            if (what.benchmark() instanceof OwnBenchmark own) {
                own.keepIn(out);
            }
            log.say("asking " + Counted.of(what.set().items().size(), "question"));
            what.set().notes().forEach(log::say);
            try (RunEndpoints endpoints = RunEndpoints.batching(out, plans(what), progress)) {
                if (runner == GroupRunner.HERE) {
                    ask(what, endpoints, progress);
                } else {
                    ask(what, runner, progress);
                }
                Judge judge = what.unaided().orElseGet(() -> new JudgePanel(what.benchmark(), models(endpoints)));
                int least = settings.settings().groupSize();
                int group = judges.plans().stream()
                        .mapToInt(plan -> plan.group(least))
                        .max()
                        .orElse(UNASKED);
                new Judging(what.benchmark(), judge, group, choice.convention(), progress).run(what.set(), out);
            }
            Result result = counted(what);
            folder.finish();
            return result;
        }
    }

    /** Of a run that is done: its results, made again from its answers and judgements where they are gone or broken. */
    private Result finished(Prepared what) {
        try {
            return Result.read(out.resolve(Result.FILE));
        } catch (InputException _) {
            return counted(what);
        }
    }

    private Result counted(Prepared what) {
        judges.answeredAs(out).ifPresent(names -> what.protocol().set("judge_answered_as", names));
        return Counting.of(
                what.benchmark(), out, subject(), what.protocol(), what.set().notes(), Bootstrap.of(seed));
    }

    private List<JudgeModel> models(RunEndpoints endpoints) {
        return judges.plans().stream()
                .<JudgeModel>map(plan -> new EndpointJudge(endpoints.of(plan)))
                .toList();
    }

    private RunPlan plan(Prepared what) {
        RunPlan.Builder plan = model.plan("bench " + what.benchmark().name()).seed("seed", seed);
        String hash = what.protocol().path("data").path("sha256").asString();
        settings.into(choice.into(plan, what.set(), hash))
                .setting(
                        "judge",
                        judges(what.benchmark()),
                        judges instanceof Judges.Rules ? "the data" : "the choice of a judge")
                .setting("protocol", what.protocol(), "the benchmark and its settings");
        title.ifPresent(words -> plan.setting("method", words, "the choice of a title"));
        if (judges instanceof Judges.Imported(Path file)) {
            plan.input("judgements", file);
        }
        return plan.build();
    }

    private List<EndpointPlan> plans(Prepared what) {
        List<EndpointPlan> plans = new ArrayList<>(judges.plans());
        if (model instanceof MeasuredModel.Remote(EndpointPlan plan)) {
            plans.add(asked(what.benchmark(), plan));
        }
        return plans;
    }

    /** The same endpoint, sent neither temperature nor top-p where the model's own settings are wanted. */
    private EndpointPlan asked(Benchmark benchmark, EndpointPlan plan) {
        if (chosen(benchmark).decoding() != BenchSettings.Decoding.MODEL) {
            return plan;
        }
        Set<String> omit = new TreeSet<>(plan.omit());
        omit.addAll(Set.of("temperature", "top-p"));
        return plan.with(omit, plan.extra());
    }

    private void ask(Prepared what, GroupRunner runner, Progress progress) {
        Benchmark benchmark = what.benchmark();
        BenchSettings settled = chosen(benchmark).withMaxTokens(maxTokens(benchmark));
        MeasurementTask task = MeasurementTask.of(
                this, what.protocol().path("data").path("sha256").asString(), settled);
        asking(benchmark, MeasurementTask.ELSEWHERE, Sampling.at(0, 1, 0), settled.groupSize(), progress)
                .run(what.set(), out, runner, task);
    }

    /** The answers of one piece of the questions after the other by a model that is open. */
    GroupWork work(AskedQuestions asked, LocalModel opened) {
        Benchmark benchmark = asked.benchmark();
        Sampling own = ((MeasuredModel.Local) model).sampling(chosen(benchmark), maxTokens(benchmark), seed);
        Asking asking = asking(benchmark, opened, own, settings.settings().groupSize(), Progress.SILENT);
        List<BenchmarkItem> items = asked.questions().items();
        return asking.work(items, asking.pieces(items.size()));
    }

    private Asking asking(Benchmark benchmark, ChatModel asked, Sampling sampling, int group, Progress progress) {
        return new Asking(benchmark, asked, sampling, group, textFirst(benchmark), progress);
    }

    private void ask(Prepared what, RunEndpoints endpoints, Progress progress) {
        int tokens = maxTokens(what.benchmark());
        int least = settings.settings().groupSize();
        Sampling sampling = chosen(what.benchmark()).sampling(tokens, seed);
        switch (model) {
            case MeasuredModel.Local local -> {
                // First what is soon said to be wrong, then the weights.
                Sampling own = local.sampling(chosen(what.benchmark()), tokens, seed);
                try (LocalModel opened = LocalModel.open(local.model(), local.adapter(), local.placement())) {
                    ask(what, opened, own, least, progress);
                }
            }
            case MeasuredModel.Remote(EndpointPlan plan) ->
                ask(what, new EndpointChatModel(endpoints.of(plan)), sampling, plan.group(least), progress);
            case MeasuredModel.Answered answered -> {
                try (AnswerSource recorded = answered.answers()) {
                    ask(what, recorded, sampling, least, progress);
                }
            }
        }
    }

    private void ask(Prepared what, ChatModel asked, Sampling sampling, int group, Progress progress) {
        asking(what.benchmark(), asked, sampling, group, progress).run(what.set(), out);
    }
}
