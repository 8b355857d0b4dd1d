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
import org.espalier.bench.rsbench.ImportedRulings;
import org.espalier.bench.rsbench.JudgeArbiter;
import org.espalier.bench.rsbench.Results;
import org.espalier.bench.rsbench.ResultsFile;
import org.espalier.bench.rsbench.RsBench;
import org.espalier.bench.run.Protocol;
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
import org.espalier.core.file.Sha256;
import org.espalier.core.file.SsuiFile;
import org.espalier.core.text.Counted;
import org.espalier.core.text.StepSplitter;
import org.espalier.endpoint.plan.EndpointPlan;
import tools.jackson.databind.node.ObjectNode;

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
    private static final String NAME = "rsbench";

    /** Of a judge for each path: safe? and effective? */
    private static final int CALLS = 2;

    /** What the protocol says of how paths were asked for. */
    private static final List<String> ASKING = List.of("steps", "chain_of_thought");

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
        forecast(desk);
    }

    BenchForecast.Total forecast(Desk desk) {
        List<SsuiSample> all = SsuiFile.read(data);
        List<SsuiSample> samples = drawn(all);
        unaided(samples);
        desk.say("Would ask " + Counted.of(samples.size(), "question") + " of " + data + ", "
                + Subject.each(bench.settings().paths(), "path") + ", of " + subject.title() + " into " + out
                + "; the arbiter: " + arbiterWords() + ".");
        portion.notes(samples.size(), all.size()).forEach(note -> desk.say("  " + note));
        Destination.foresee(desk, out, () -> plan(samples, protocol(samples)));
        if (subject instanceof Subject.Local local) {
            AskedModel.sampling(
                    local,
                    bench.settings(),
                    bench.settings().maxTokens(),
                    run.settings().seed());
        }
        String instruction = instruction(samples);
        return new BenchForecast(
                        samples.stream()
                                .map(sample ->
                                        Demonstrations.NONE.before(RsBench.asked(sample.question(), instruction)))
                                .toList(),
                        bench.settings().paths(),
                        bench.settings().maxTokens(),
                        CALLS)
                .say(desk, subject, judges, bench.settings());
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
        Optional<Arbiter> unaided = unaided(samples);
        ObjectNode protocol = protocol(samples);
        try (RunFolder folder = RunFolder.open(out, plan(samples, protocol));
                RunLog log = RunLog.open(out)) {
            if (folder.finished()) {
                return finished(protocol, notes);
            }
            log.say("asking " + samples.size() + " questions");
            notes.forEach(log::say);
            Results results = measured(new Measurement(samples, notes, protocol, unaided, desk));
            folder.finish();
            return results;
        }
    }

    /** Of a run that is done: its results, made again from its answers and judgements where they are gone or broken. */
    private Results finished(ObjectNode protocol, List<String> notes) {
        try {
            return ResultsFile.read(out.resolve(ResultsFile.NAME));
        } catch (InputException _) {
            judges.answeredAs(out).ifPresent(names -> protocol.set("judge_answered_as", names));
            return RsBench.count(out, Bootstrap.of(run.settings().seed()), protocol, notes);
        }
    }

    /**
     * What is measured.
     *
     * @param unaided who judges without any endpoint
     */
    private record Measurement(
            List<SsuiSample> samples, List<String> notes, ObjectNode protocol, Optional<Arbiter> unaided, Desk desk) {}

    private Optional<Arbiter> unaided(List<SsuiSample> samples) {
        return switch (judges) {
            case Judges.Rules _ -> Optional.of(Rules.arbiter(samples, data));
            case Judges.Imported(Path file) -> Optional.of(new ImportedRulings(file));
            case Judges.Models _ -> Optional.empty();
        };
    }

    private ObjectNode protocol(List<SsuiSample> samples) {
        Subject.Conduct conduct =
                subject.conduct(bench.settings(), bench.settings().maxTokens());
        ObjectNode protocol = Protocol.of(
                NAME,
                Protocol.Data.of(samples),
                bench.settings().paths(),
                conduct.pictures(),
                conduct.decoding(),
                judges instanceof Judges.Rules ? List.of(arbiterWords()) : judges.words(),
                judges instanceof Judges.Models ? JudgeArbiter.prompts(words()) : List.of());
        if (subject instanceof Subject.Answered answered) {
            ObjectNode asked = answered.protocol();
            ASKING.forEach(name -> protocol.set(name, asked.path(name)));
            return protocol;
        }
        String instruction = instruction(samples);
        return protocol.put("steps", bench.settings().steps().name().toLowerCase(Locale.ROOT))
                .put("chain_of_thought", instruction.isEmpty() ? "none" : Sha256.of(instruction));
    }

    private RunPlan plan(List<SsuiSample> samples, ObjectNode protocol) {
        RunPlan.Builder plan =
                subject.plan("bench rsbench").seed("seed", run.settings().seed());
        bench.into(plan)
                .setting("arbiter", arbiterWords(), judges instanceof Judges.Rules ? "the data" : "flag --judge");
        title.ifPresent(words -> plan.setting("method", words, "flag --as"));
        prompts.ifPresent(folder -> plan.input("prompts", folder));
        portion.into(plan).setting("protocol", protocol, "the benchmark and its settings");
        if (judges instanceof Judges.Imported(Path file)) {
            plan.input("judgements", file);
        }
        Inputs.data(plan, data, samples);
        return plan.build();
    }

    private Results measured(Measurement what) {
        int tokens = bench.settings().maxTokens();
        long seed = run.settings().seed();
        return switch (subject) {
            case Subject.Local local -> {
                try (AskedModel asked = AskedModel.open(local, bench.settings(), tokens, seed)) {
                    yield judged(asked.model(), asked.sampling(), what);
                }
            }
            case Subject.Remote(EndpointPlan plan) -> {
                EndpointPlan asked = OpenEndpoints.asked(plan, bench.settings());
                List<EndpointPlan> plans = new ArrayList<>(judges.plans());
                plans.add(asked);
                try (OpenEndpoints endpoints = OpenEndpoints.in(out, plans)) {
                    yield bench(
                            endpoints.model(asked),
                            Subject.sampling(bench.settings(), tokens, seed),
                            arbiter(endpoints, what),
                            what);
                }
            }
            case Subject.Answered answered -> {
                answered.copy(out);
                ChatModel silent = (_, _) -> {
                    throw new InputException("the run in " + answered.run() + " has not answered every question of "
                            + data + ": give the --limit or --sample that it was asked with, or let it come to its"
                            + " end first");
                };
                yield judged(silent, Subject.sampling(bench.settings(), tokens, seed), what);
            }
        };
    }

    private Results judged(ChatModel model, Sampling sampling, Measurement what) {
        if (what.unaided().isPresent()) {
            return bench(model, sampling, what.unaided().get(), what);
        }
        try (OpenEndpoints endpoints = OpenEndpoints.in(out, judges.plans())) {
            return bench(model, sampling, arbiter(endpoints, what), what);
        }
    }

    private Arbiter arbiter(OpenEndpoints endpoints, Measurement what) {
        return what.unaided().orElseGet(() -> new JudgeArbiter(endpoints.judges(judges.plans()), words()));
    }

    private Prompts words() {
        return prompts.map(Prompts::in).orElseGet(Prompts::shipped);
    }

    private String instruction(List<SsuiSample> samples) {
        boolean thinks = switch (bench.settings().chainOfThought()) {
            case AUTO -> !Rules.ofTheGreenhouse(samples);
            case ON -> true;
            case OFF -> false;
        };
        return thinks ? words().of("rsbench-cot") : "";
    }

    private Results bench(ChatModel model, Sampling sampling, Arbiter arbiter, Measurement what) {
        BenchSettings settings = bench.settings();
        StepSplitter splitter = new StepSplitter(settings.steps());
        RsBench.Settings how = new RsBench.Settings(
                settings.paths(),
                sampling,
                Demonstrations.NONE,
                instruction(what.samples()),
                settings.groupSize(),
                Bootstrap.of(run.settings().seed()));
        RsBench rsbench = new RsBench(
                model,
                text -> splitter.split(text).steps(),
                arbiter,
                how,
                what.desk().progress());
        rsbench.ask(what.samples(), out);
        judges.answeredAs(out).ifPresent(names -> what.protocol().set("judge_answered_as", names));
        return RsBench.count(out, how.bootstrap(), what.protocol(), what.notes());
    }
}
