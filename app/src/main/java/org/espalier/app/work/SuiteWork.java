package org.espalier.app.work;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.espalier.app.config.BenchSettings;
import org.espalier.app.config.Resolved;
import org.espalier.app.config.RunSettings;
import org.espalier.app.console.RunLog;
import org.espalier.bench.run.Asking;
import org.espalier.bench.run.Bench;
import org.espalier.bench.run.ImportedVerdicts;
import org.espalier.bench.run.JudgePanel;
import org.espalier.bench.run.Judging;
import org.espalier.bench.run.Protocol;
import org.espalier.bench.run.Result;
import org.espalier.bench.run.ResultFile;
import org.espalier.bench.run.Scoring;
import org.espalier.bench.stats.Bootstrap;
import org.espalier.bench.suite.Benchmark;
import org.espalier.bench.suite.Item;
import org.espalier.bench.suite.QuestionSet;
import org.espalier.core.InputException;
import org.espalier.core.file.RunFolder;
import org.espalier.core.file.RunPlan;
import org.espalier.core.text.Counted;
import org.espalier.endpoint.plan.EndpointPlan;
import tools.jackson.databind.node.ObjectNode;

/**
 * Measures a model on one of the benchmarks beside RSBench: answers, judgements, figures.
 *
 * @param title what tables call the model
 */
public record SuiteWork(
        SuiteData data,
        Subject subject,
        Judges judges,
        Path out,
        String title,
        Resolved<RunSettings> run,
        Resolved<BenchSettings> bench) {
    /** Says what would be done and what it would cost. */
    public void foresee(Desk desk) {
        forecast(desk);
    }

    BenchForecast.Total forecast(Desk desk) {
        Benchmark benchmark = data.benchmark();
        QuestionSet set = data.questions(benchmark, run.settings().seed());
        requireJudge(benchmark);
        if (subject instanceof Subject.Local local) {
            AskedModel.sampling(
                    local,
                    bench.settings(),
                    maxTokens(benchmark),
                    run.settings().seed());
        }
        desk.say("Would ask " + Counted.of(set.items().size(), "question") + " of "
                + benchmark.card().title() + ", " + Subject.each(samples(benchmark), "answer") + ", of "
                + subject.title() + " into " + out + ":");
        set.notes().forEach(note -> desk.say("  " + note));
        Destination.foresee(desk, out, () -> plan(set, protocol(benchmark, set)));
        return new BenchForecast(
                        set.items().stream().map(Item::conversation).toList(),
                        samples(benchmark),
                        maxTokens(benchmark),
                        benchmark.callsPerAnswer())
                .say(desk, subject, judges, bench.settings());
    }

    private void requireJudge(Benchmark benchmark) {
        if (judges instanceof Judges.Rules && !benchmark.judgePrompts().isEmpty()) {
            throw new InputException(benchmark.card().title()
                    + " needs a judge: name one with --judge URL --judge-model NAME, or give verdicts with"
                    + " --judgements FILE");
        }
    }

    private int samples(Benchmark benchmark) {
        return benchmark.samples();
    }

    private int maxTokens(Benchmark benchmark) {
        return Subject.maxTokens(bench, benchmark.maxTokens());
    }

    /** Asks, judges and counts what is not asked, judged and counted yet. */
    public Result run(Desk desk) {
        Benchmark benchmark = data.benchmark();
        requireJudge(benchmark);
        QuestionSet set = data.questions(benchmark, run.settings().seed());
        ObjectNode protocol = protocol(benchmark, set);
        try (RunFolder folder = RunFolder.open(out, plan(set, protocol));
                RunLog log = RunLog.open(out)) {
            if (folder.finished()) {
                return finished(benchmark, set, protocol);
            }
            set.notes().forEach(log::say);
            try (OpenEndpoints endpoints = OpenEndpoints.in(out, plans())) {
                ask(benchmark, set, endpoints, desk);
                new Judging(bench(benchmark, endpoints), samples(benchmark), group(judges.plans()), desk.progress())
                        .run(set, out);
            }
            Result result = counted(benchmark, set, protocol);
            folder.finish();
            return result;
        }
    }

    /** Of a run that is done: its results, made again from its answers and judgements where they are gone or broken. */
    private Result finished(Benchmark benchmark, QuestionSet set, ObjectNode protocol) {
        try {
            return ResultFile.read(out.resolve(Result.FILE));
        } catch (InputException _) {
            return counted(benchmark, set, protocol);
        }
    }

    private Result counted(Benchmark benchmark, QuestionSet set, ObjectNode protocol) {
        judges.answeredAs(out).ifPresent(names -> protocol.set("judge_answered_as", names));
        Result result = Scoring.of(
                benchmark,
                set,
                samples(benchmark),
                out,
                title,
                protocol,
                Bootstrap.of(run.settings().seed()));
        ResultFile.write(out.resolve(Result.FILE), result);
        return result;
    }

    private RunPlan plan(QuestionSet set, ObjectNode protocol) {
        RunPlan.Builder plan =
                subject.plan("bench " + data.name()).seed("seed", run.settings().seed());
        String hash = protocol.path("data").path("sha256").asString();
        bench.into(data.into(plan, set, hash))
                .setting("title", title, "the command line")
                .setting("judge", judges.words(), "the command line")
                .setting("protocol", protocol, "the benchmark and its settings");
        if (judges instanceof Judges.Imported(Path file)) {
            plan.input("judgements", file);
        }
        return plan.build();
    }

    private List<EndpointPlan> plans() {
        List<EndpointPlan> plans = new ArrayList<>(judges.plans());
        if (subject instanceof Subject.Remote(EndpointPlan plan)) {
            plans.add(OpenEndpoints.asked(plan, bench.settings()));
        }
        return plans;
    }

    private ObjectNode protocol(Benchmark benchmark, QuestionSet set) {
        Subject.Conduct conduct = subject.conduct(bench.settings(), maxTokens(benchmark));
        return Protocol.of(benchmark, set, samples(benchmark), conduct.pictures(), conduct.decoding(), judges.words());
    }

    private void ask(Benchmark benchmark, QuestionSet set, OpenEndpoints endpoints, Desk desk) {
        int tokens = maxTokens(benchmark);
        long seed = run.settings().seed();
        switch (subject) {
            case Subject.Local local -> {
                try (AskedModel asked = AskedModel.open(local, bench.settings(), tokens, seed)) {
                    new Asking(
                                    asked.model(),
                                    asked.sampling(),
                                    samples(benchmark),
                                    bench.settings().groupSize(),
                                    desk.progress())
                            .run(set, out);
                }
            }
            case Subject.Remote(EndpointPlan plan) ->
                new Asking(
                                endpoints.model(plan),
                                Subject.sampling(bench.settings(), tokens, seed),
                                samples(benchmark),
                                group(List.of(plan)),
                                desk.progress())
                        .run(set, out);
            case Subject.Answered answered -> answered.copy(out);
        }
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

    private Bench bench(Benchmark benchmark, OpenEndpoints endpoints) {
        return switch (judges) {
            case Judges.Imported(Path file) -> new ImportedVerdicts(benchmark, file);
            case Judges.Rules _, Judges.Models _ -> new JudgePanel(benchmark, endpoints.judges(judges.plans()));
        };
    }
}
