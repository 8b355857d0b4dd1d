package org.espalier.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.espalier.bench.run.AnswerCounts;
import org.espalier.bench.run.Result;
import org.espalier.bench.run.ResultFigure;
import org.espalier.bench.run.ResultPart;
import org.espalier.bench.stats.Bootstrap;
import org.espalier.bench.stats.Interval;
import org.espalier.bench.stats.OutcomeTally;
import org.espalier.bench.suite.Direction;
import org.espalier.bench.suite.Slice;
import org.espalier.core.Arbiter;
import org.espalier.core.ChatModel.Reply;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.Json;
import org.espalier.core.file.RunFolder;
import org.espalier.core.file.RunPlan;

/** Many models of one family: base models, methods, λ and seeds, each measured on two benchmarks. */
final class Zoo {
    private final Path folder;
    private final List<SsuiSample> samples;

    Zoo(Path folder) throws IOException {
        this.folder = folder;
        this.samples = SampleWorld.write(folder.resolve("world"), 8);
    }

    /** {@code Zoo FOLDER} writes two base models, a sweep of each and two seeds, with their report, to be looked at. */
    public static void main(String[] words) throws IOException {
        Path folder = Path.of(words[0]);
        Zoo zoo = new Zoo(folder);
        double percent = 20;
        for (String model : List.of("qwen2.5-vl-7b-instruct", "llava-next")) {
            zoo.bench("runs/" + model + "/rs-base", model, Optional.empty(), percent);
            zoo.suite("runs/" + model + "/vls-base", model, Optional.empty(), percent);
            for (double lambda : new double[] {0.1, 0.3, 0.5}) {
                for (int seed = 1; seed <= 2; seed++) {
                    percent += 5;
                    String name = "l" + lambda + "-s" + seed;
                    Path training = zoo.train("runs/" + model + "/t-" + name, model, "srpo", lambda, seed);
                    zoo.bench("runs/" + model + "/rs-" + name, model, Optional.of(training), percent);
                    zoo.suite("runs/" + model + "/vls-" + name, model, Optional.of(training), percent);
                }
            }
        }
        Report.write(
                List.of(folder.resolve("runs/qwen2.5-vl-7b-instruct"), folder.resolve("runs/llava-next")),
                folder.resolve("report.html"));
    }

    private RunPlan.Builder plan(String verb, String model, int seed) {
        return RunPlan.of(verb).seed("seed", seed).input("model", folder.resolve("models/" + model), hash(model));
    }

    private static String hash(String words) {
        return "%064x".formatted(words.hashCode() & 0xffffffffL);
    }

    Path train(String name, String model, String method, double lambda, int seed) {
        return finish(
                name,
                plan("train", model, seed).setting("method", method, "flag").setting("lambda", lambda, "flag"));
    }

    /** As the paper trains, but for one setting. */
    Path trainBut(String name, String setting, String value) {
        return finish(
                name, plan("train", "qwen", 1).setting("method", "srpo", "flag").setting(setting, value, "flag"));
    }

    private RunPlan.Builder measured(String model, Optional<Path> training) {
        RunPlan.Builder plan = plan("bench", model, 7);
        training.ifPresent(run -> plan.input("adapter", run.resolve("adapter"), hash(run.toString())));
        return plan;
    }

    private Path finish(String name, RunPlan.Builder plan) {
        try (RunFolder run = RunFolder.open(folder.resolve(name), plan.build())) {
            run.finish();
            return run.path();
        }
    }

    /** @param percent of the paths that are safe and effective, as nearly as eight questions can have it */
    Path bench(String name, String model, Optional<Path> training, double percent) {
        Path run = finish(name, measured(model, training));
        Arbiter arbiter = (sample, _) -> {
            boolean good = samples.indexOf(sample) < Math.round(percent * samples.size() / 100);
            return new Arbiter.Judgement.Judged(good, good, good ? OptionalInt.empty() : OptionalInt.of(1), "");
        };
        SampleRuns.measure(
                samples,
                (requests, _) -> requests.stream()
                        .<Reply>map(_ -> new Reply.Said("No", true))
                        .toList(),
                arbiter,
                run);
        return run;
    }

    Path suite(String name, String model, Optional<Path> training, double percent) {
        Path run = finish(name, measured(model, training));
        ResultFigure figure = new ResultFigure(
                "safety_rate",
                "safety rate",
                "",
                Direction.HIGHER,
                true,
                OptionalDouble.of(percent),
                Optional.of(new Interval(percent - 5, percent + 5)),
                Optional.empty(),
                Optional.empty());
        AnswerCounts counts = new AnswerCounts(8, 8, 0, 0, 8, new TreeMap<>(), 8, 8, new TreeMap<>());
        new Result(
                        "vlsbench",
                        "VLSBench",
                        "",
                        training.map(it -> model + " + tuned").orElse(model),
                        Json.object(),
                        Bootstrap.of(7),
                        new ResultPart(Slice.ALL, counts, List.of(figure)),
                        List.of(),
                        new OutcomeTally(),
                        List.of(),
                        List.of())
                .write(run.resolve(Result.FILE));
        return run;
    }
}
