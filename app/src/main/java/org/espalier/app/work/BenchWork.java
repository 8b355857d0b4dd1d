package org.espalier.app.work;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.app.config.BenchSettings;
import org.espalier.app.config.Resolved;
import org.espalier.app.config.RunSettings;
import org.espalier.app.console.RunLog;
import org.espalier.bench.rsbench.JudgeArbiter;
import org.espalier.bench.rsbench.Results;
import org.espalier.bench.rsbench.ResultsFile;
import org.espalier.bench.rsbench.RsBench;
import org.espalier.bench.stats.Bootstrap;
import org.espalier.bench.suite.Prompts;
import org.espalier.core.Arbiter;
import org.espalier.core.ChatModel;
import org.espalier.core.Demonstrations;
import org.espalier.core.InputException;
import org.espalier.core.Sampling;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.RunFolder;
import org.espalier.core.file.RunPlan;
import org.espalier.core.file.SsuiFile;
import org.espalier.core.text.StepSplitter;
import org.espalier.endpoint.plan.EndpointPlan;

/**
 * Measures a model on RSBench.
 *
 * @param judges models, or the greenhouse's rules on its own data
 * @param title what tables call the model; empty for the method that trained it, or its name
 * @param prompts a folder of prompts that stand for those that ship
 */
public record BenchWork(
        Subject subject,
        Judges judges,
        Optional<String> title,
        Optional<Path> prompts,
        Path data,
        Portion portion,
        Path out,
        Resolved<RunSettings> run,
        Resolved<BenchSettings> bench) {
    /** A checkpoint, judged by the greenhouse's rules. */
    public BenchWork(
            Path model,
            Optional<Path> adapter,
            Path data,
            Path out,
            Resolved<RunSettings> run,
            Resolved<BenchSettings> bench) {
        this(
                new Subject.Local(model, adapter),
                new Judges.Rules(),
                Optional.empty(),
                Optional.empty(),
                data,
                Portion.ALL,
                out,
                run,
                bench);
    }

    /** Says what would be done. */
    public void foresee(Desk desk) {
        List<SsuiSample> all = SsuiFile.read(data);
        List<SsuiSample> samples = drawn(all);
        if (judges instanceof Judges.Rules) {
            Rules.arbiter(samples, data);
        }
        desk.say("Would ask " + samples.size() + " questions of " + data + ", "
                + bench.settings().paths() + " paths each, of " + subject.title() + " into " + out
                + "; the arbiter: " + arbiterWords() + ".");
        portion.notes(samples.size(), all.size()).forEach(note -> desk.say("  " + note));
        if (subject instanceof Subject.Local local) {
            AskedModel.sampling(
                    local,
                    bench.settings(),
                    bench.settings().maxTokens(),
                    run.settings().seed());
            try (Forecast forecast = Forecast.of(local.model(), samples, 0, false)) {
                forecast.model(desk);
                forecast.asking(desk, bench.settings());
            }
        }
        long paths = (long) samples.size() * bench.settings().paths();
        judges.plans().forEach(judge -> desk.say("  %,d calls of the judge %s".formatted(2 * paths, judge.model())));
    }

    private List<SsuiSample> drawn(List<SsuiSample> all) {
        return portion.of(all, run.settings().seed());
    }

    private String arbiterWords() {
        return judges instanceof Judges.Rules ? "the greenhouse's rules" : String.join("; ", judges.words());
    }

    /** Asks and judges what is not asked and judged yet. */
    public Results run(Desk desk) {
        List<SsuiSample> all = SsuiFile.read(data);
        List<SsuiSample> samples = drawn(all);
        List<String> notes = portion.notes(samples.size(), all.size());
        try (RunFolder folder = RunFolder.open(out, plan(samples));
                RunLog log = RunLog.open(out)) {
            if (folder.finished()) {
                return ResultsFile.read(out.resolve(ResultsFile.NAME));
            }
            log.say("asking " + samples.size() + " questions");
            notes.forEach(log::say);
            notes.forEach(desk::say);
            Results results = measured(samples, desk);
            folder.finish();
            return results;
        }
    }

    private RunPlan plan(List<SsuiSample> samples) {
        RunPlan.Builder plan =
                subject.plan("bench rsbench").seed("seed", run.settings().seed());
        bench.into(plan)
                .setting("arbiter", arbiterWords(), judges instanceof Judges.Rules ? "the data" : "flag --judge");
        title.ifPresent(words -> plan.setting("method", words, "flag --as"));
        prompts.ifPresent(folder -> plan.input("prompts", folder));
        portion.into(plan);
        Inputs.data(plan, data, samples);
        return plan.build();
    }

    private Results measured(List<SsuiSample> samples, Desk desk) {
        int tokens = bench.settings().maxTokens();
        long seed = run.settings().seed();
        return switch (subject) {
            case Subject.Local local -> {
                try (AskedModel asked = AskedModel.open(local, bench.settings(), tokens, seed)) {
                    yield judged(asked.model(), asked.sampling(), samples, desk, List.of());
                }
            }
            case Subject.Remote(EndpointPlan plan) -> {
                EndpointPlan asked = OpenEndpoints.asked(plan, bench.settings());
                Sampling sampling = Subject.sampling(bench.settings(), tokens, seed);
                try (OpenEndpoints endpoints = OpenEndpoints.in(out, together(List.of(asked)))) {
                    yield measured(endpoints.model(asked), sampling, endpoints, samples, desk);
                }
            }
            case Subject.Answered answered -> {
                answered.copy(out);
                ChatModel silent = (_, _) -> {
                    throw new InputException("the run in " + answered.run() + " has not answered every question of "
                            + data + ": let it come to its end first");
                };
                yield judged(silent, Subject.sampling(bench.settings(), tokens, seed), samples, desk, List.of());
            }
        };
    }

    private List<EndpointPlan> together(List<EndpointPlan> more) {
        List<EndpointPlan> plans = new ArrayList<>(judges.plans());
        plans.addAll(more);
        return plans;
    }

    private Results judged(
            ChatModel model, Sampling sampling, List<SsuiSample> samples, Desk desk, List<EndpointPlan> more) {
        if (judges instanceof Judges.Rules) {
            return bench(model, sampling, Rules.arbiter(samples, data), samples, desk);
        }
        try (OpenEndpoints endpoints = OpenEndpoints.in(out, together(more))) {
            return measured(model, sampling, endpoints, samples, desk);
        }
    }

    private Results measured(
            ChatModel model, Sampling sampling, OpenEndpoints endpoints, List<SsuiSample> samples, Desk desk) {
        Arbiter arbiter = judges instanceof Judges.Rules
                ? Rules.arbiter(samples, data)
                : new JudgeArbiter(endpoints.judges(judges.plans()), words());
        return bench(model, sampling, arbiter, samples, desk);
    }

    private Prompts words() {
        return prompts.map(Prompts::in).orElseGet(Prompts::shipped);
    }

    private Results bench(ChatModel model, Sampling sampling, Arbiter arbiter, List<SsuiSample> samples, Desk desk) {
        BenchSettings settings = bench.settings();
        StepSplitter splitter = new StepSplitter(settings.steps());
        boolean thinks = switch (settings.chainOfThought()) {
            case AUTO -> !Rules.ofTheGreenhouse(samples);
            case ON -> true;
            case OFF -> false;
        };
        RsBench.Settings how = new RsBench.Settings(
                settings.paths(),
                sampling,
                Demonstrations.NONE,
                thinks ? words().of("rsbench-cot") : "",
                settings.groupSize(),
                Bootstrap.of(run.settings().seed()));
        return new RsBench(model, text -> splitter.split(text).steps(), arbiter, how, desk.progress())
                .run(samples, out);
    }
}
