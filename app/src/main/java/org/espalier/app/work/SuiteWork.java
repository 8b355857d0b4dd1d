package org.espalier.app.work;

import java.math.BigDecimal;
import java.math.RoundingMode;
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
import org.espalier.bench.suite.QuestionSet;
import org.espalier.core.InputException;
import org.espalier.core.file.RunFolder;
import org.espalier.core.file.RunPlan;
import org.espalier.endpoint.Endpoints;
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
    /** Rough tokens of a letter and of a picture, for a forecast. */
    private static final int LETTERS_A_TOKEN = 4;

    private static final int PICTURE_TOKENS = 800;
    private static final int VERDICT_TOKENS = 120;

    /** Says what would be done and what it would cost. */
    public void foresee(Desk desk) {
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
        long answers = (long) set.items().size() * samples(benchmark);
        long calls = judges.plans().size() * answers * benchmark.callsPerAnswer();
        desk.say("Would ask " + set.items().size() + " questions of "
                + benchmark.card().title() + ", " + samples(benchmark) + " answers each, of " + subject.title()
                + " into " + out + ":");
        set.notes().forEach(note -> desk.say("  " + note));
        long letters =
                set.items().stream().mapToLong(item -> item.prompt().length()).sum();
        long pictures =
                set.items().stream().mapToLong(item -> item.pictures().size()).sum();
        long input = samples(benchmark) * (letters / LETTERS_A_TOKEN + pictures * PICTURE_TOKENS);
        long output = answers * maxTokens(benchmark) / 2;
        desk.say("  %,d answers: about %,d tokens in, %,d out".formatted(answers, input, output)
                + (subject instanceof Subject.Remote(EndpointPlan plan) ? price(plan, input, output) : ""));
        for (EndpointPlan judge : judges.plans()) {
            long each = calls / judges.plans().size();
            long read = each * (600 + maxTokens(benchmark) / 2 + PICTURE_TOKENS);
            desk.say("  %,d calls of the judge %s: about %,d tokens in, %,d out"
                            .formatted(each, judge.model(), read, each * VERDICT_TOKENS)
                    + price(judge, read, each * VERDICT_TOKENS));
        }
    }

    private static String price(EndpointPlan plan, long input, long output) {
        BigDecimal price = Endpoints.planned(plan).price(input, output);
        return price.signum() == 0
                ? "; the endpoints file names no price"
                : "; about " + price.setScale(2, RoundingMode.HALF_UP) + " at the prices of the endpoints file";
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
                return ResultFile.read(out.resolve(Result.FILE));
            }
            set.notes().forEach(log::say);
            try (OpenEndpoints endpoints = OpenEndpoints.in(out, plans())) {
                ask(benchmark, set, endpoints, desk);
                new Judging(bench(benchmark, endpoints), samples(benchmark), group(judges.plans()), desk.progress())
                        .run(set, out);
            }
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
            folder.finish();
            return result;
        }
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
