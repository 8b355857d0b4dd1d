package org.espalier.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.espalier.bench.run.ArbiterJudge;
import org.espalier.bench.run.Asking;
import org.espalier.bench.run.Counting;
import org.espalier.bench.run.Judging;
import org.espalier.bench.set.RsBench;
import org.espalier.bench.stats.Bootstrap;
import org.espalier.bench.suite.BenchmarkItem;
import org.espalier.bench.suite.Convention;
import org.espalier.bench.suite.Prompts;
import org.espalier.bench.suite.QuestionSet;
import org.espalier.core.Arbiter;
import org.espalier.core.Branch;
import org.espalier.core.ChatModel;
import org.espalier.core.Continuation;
import org.espalier.core.Cut;
import org.espalier.core.PathTree;
import org.espalier.core.Progress;
import org.espalier.core.Risk;
import org.espalier.core.Sampling;
import org.espalier.core.SsuiSample;
import org.espalier.core.Verifier;
import org.espalier.core.file.Json;
import org.espalier.core.file.RunFolder;
import org.espalier.core.file.RunPlan;
import org.espalier.core.file.TreeFile;
import org.espalier.core.text.StepSplitter;
import tools.jackson.databind.node.ObjectNode;

/**
 * The folders of a whole demonstration with invented models: the files are real ones, written by the code that writes
 * them in earnest.
 */
final class SampleRuns {
    private static final String DEVICE = "2 cores of a test machine";

    private final Path folder;
    private final List<SsuiSample> samples;

    SampleRuns(Path folder, int questions) throws IOException {
        this.folder = folder;
        this.samples = SampleWorld.write(folder.resolve("world"), questions);
    }

    /** Everything, filled richly: {@code SampleRuns FOLDER} writes it with its report, to be looked at. */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        SampleRuns runs = new SampleRuns(folder, 256);
        runs.explore();
        String[] methods = {"base", "sft", "dpo", "orpo", "srpo", "srpo-refresh", "orpo-refresh"};
        double[] errors = {0.22, 0.07, 0.17, 0.065, 0.055, 0.045, 0.06};
        for (int i = 0; i < methods.length; i++) {
            if (i > 0) {
                runs.train(methods[i]);
            }
            runs.bench(methods[i], errors[i]);
        }
        Report.write(List.of(folder), folder.resolve("report.html"));
        Report.writeMarkdown(List.of(folder), folder.resolve("report.md"));
        Report.writeJson(List.of(folder), folder.resolve("report.json"));
    }

    private RunPlan.Builder plan(String verb) {
        return RunPlan.of(verb)
                .version("espalier", "0.1.0")
                .version("java", "25.0.3")
                .seed("run", 7)
                .input("data", folder.resolve("world/test.jsonl"))
                .device(DEVICE);
    }

    Path bench(String method, double errors) {
        return bench("bench-" + method, method, model(method, errors));
    }

    /** @param method under which the adapter lies in {@code train-METHOD} */
    Path bench(String name, String method, ChatModel model) {
        RunPlan.Builder plan = plan("bench").setting("temperature", 0.5, "preset greenhouse");
        if (!method.equals("base")) {
            plan.input("adapter", folder.resolve("train-" + method + "/adapter"), "0".repeat(64));
        }
        try (RunFolder run = RunFolder.open(folder.resolve(name), plan.build())) {
            measure(samples, model, arbiter(), run.path());
            run.finish();
            return run.path();
        }
    }

    /** The whole pipeline of RSBench on invented models. */
    static void measure(List<SsuiSample> samples, ChatModel model, Arbiter arbiter, Path to) {
        RsBench bench = new RsBench(Prompts.shipped(), 1, StepSplitter.Style.NEWLINE);
        QuestionSet set = new QuestionSet(
                to, List.of(), samples.stream().map(BenchmarkItem::of).toList(), List.of());
        new Asking(bench, model, Sampling.at(0.5, 96, 7), 32, false, Progress.SILENT).run(set, to);
        new Judging(bench, new ArbiterJudge(bench, arbiter), 32, Convention.OURS, Progress.SILENT).run(set, to);
        ObjectNode protocol = Json.object();
        protocol.putArray("judge").add("the exact rules of the greenhouse");
        Counting.of(bench, to, "the model", protocol, List.of(), Bootstrap.of(7));
    }

    /** Answers by the reference path, but goes wrong at each step with the same chance. */
    private ChatModel model(String method, double errors) {
        return (requests, sampling) -> {
            List<ChatModel.Reply> replies = new ArrayList<>();
            for (ChatModel.Request request : requests) {
                SsuiSample sample = samples.stream()
                        .filter(one -> one.id().equals(request.key()))
                        .findFirst()
                        .orElseThrow();
                SplittableRandom random =
                        new SplittableRandom(31L * request.key().hashCode() + (method.contains("refresh") ? 5 : 0));
                random.nextLong();
                replies.add(new ChatModel.Reply.Said(String.join("\n", said(sample, random, errors)), true));
            }
            return replies;
        };
    }

    private static List<String> said(SsuiSample sample, SplittableRandom random, double errors) {
        List<String> steps = new ArrayList<>(sample.reference().steps());
        String[] wrong = {
            "In the picture I see a bucket and a lamp.",
            "You want to sell this.",
            sample.risk() == Risk.UNSAFE ? "There is nothing special about it." : "That is said to be poisonous.",
            sample.risk() == Risk.UNSAFE ? "There is nothing against it." : "That would be dangerous.",
            sample.risk() == Risk.UNSAFE ? "Yes, go ahead." : "No, please do not."
        };
        boolean strayed = false;
        for (int i = 0; i < steps.size(); i++) {
            strayed |= random.nextDouble() < errors * (sample.risk() == Risk.UNSAFE ? 1.2 : 0.8);
            if (strayed && (i != 1 || random.nextDouble() < 0.1)) {
                steps.set(i, wrong[i]);
            }
        }
        return steps;
    }

    private static Arbiter arbiter() {
        return (sample, path) -> {
            OptionalInt wrong = OptionalInt.empty();
            for (int i = 0; i < path.steps().size() && wrong.isEmpty(); i++) {
                if (!path.steps().get(i).equals(sample.reference().steps().get(i))) {
                    wrong = OptionalInt.of(i + 1);
                }
            }
            if (path.steps().size() == 1) {
                wrong = OptionalInt.empty();
            }
            boolean refuses = path.last().startsWith("No");
            boolean right = refuses == (sample.risk() == Risk.UNSAFE);
            return new Arbiter.Judgement.Judged(
                    sample.risk() == Risk.SAFE || refuses,
                    right && (wrong.isEmpty() || wrong.getAsInt() > 3),
                    wrong,
                    wrong.isEmpty() ? "" : "The step does not follow from the picture and the question.");
        };
    }

    Path train(String method) throws IOException {
        RunPlan.Builder plan = plan("train")
                .setting("method", method.replace("-refresh", ""), "flag")
                .setting("lambda", 0.3, "preset paper")
                .setting("learning-rate", 0.002, "recipe greenhouse.yaml");
        if (method.endsWith("-refresh")) {
            plan.setting("refresh", 1, "flag");
        }
        boolean pairs = !method.equals("sft");
        SplittableRandom random = new SplittableRandom(method.hashCode());
        List<String> lines = new ArrayList<>();
        for (int step = 1; step <= 75; step++) {
            double t = 1 - Math.exp(-step / 18.0);
            double noise = random.nextDouble() - 0.5;
            String line = String.format(
                    Locale.ROOT, "{\"step\":%d,\"loss\":%.4f,\"grad_norm\":%.3f", step, 9 - 6 * t + noise, 1 + noise);
            lines.add(line
                    + (pairs
                            ? String.format(
                                    Locale.ROOT,
                                    ",\"margin\":%.3f,\"accuracy\":%.3f,\"chosen_logp\":%.3f,\"rejected_logp\":%.3f}",
                                    -0.5 + 4.5 * t + 2 * noise,
                                    0.5 + 0.42 * t + 0.1 * noise,
                                    -9 + 2 * t + noise,
                                    -8.6 - 2.5 * t + 1.4 * noise)
                            : "}"));
        }
        try (RunFolder run = RunFolder.open(folder.resolve("train-" + method), plan.build())) {
            Files.write(run.resolve("metrics.jsonl"), lines);
            run.finish();
            return run.path();
        }
    }

    Path explore() {
        List<PathTree> trees = new ArrayList<>();
        for (int i = 0; i < Math.min(samples.size(), 24); i++) {
            trees.add(tree(samples.get(i), i % 9 == 8));
        }
        try (RunFolder run = RunFolder.open(
                folder.resolve("explore"),
                plan("explore").setting("temperature", 0.5, "preset paper").build())) {
            TreeFile.write(run.resolve(TreeFile.NAME), trees);
            run.finish();
            return run.path();
        }
    }

    private static PathTree tree(SsuiSample sample, boolean barren) {
        List<String> steps = sample.reference().steps();
        Continuation trunk = whole(steps);
        List<Branch> branches = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(sample.id().hashCode());
        for (int shared = 0; shared < steps.size() && !barren; shared++) {
            int draws = 1 + random.nextInt(4);
            for (int draw = 0; draw <= draws; draw++) {
                List<String> said = said(sample, random, draw == draws ? 0 : 0.6);
                List<String> rest = said.subList(shared, said.size());
                boolean right = rest.equals(steps.subList(shared, steps.size()));
                branches.add(new Branch(
                        shared,
                        shared == 0
                                ? Cut.START
                                : new Cut(
                                        0,
                                        String.join("\n", steps.subList(0, shared))
                                                        .length()
                                                + 1),
                        draw,
                        whole(rest),
                        rest,
                        right
                                ? Verifier.Verdict.CORRECT
                                : Verifier.Verdict.wrong("the answer is not in the last step")));
            }
        }
        return new PathTree(
                sample.id(),
                sample.image(),
                sample.question().query(),
                sample.answer(),
                Optional.empty(),
                List.of(),
                false,
                steps,
                Optional.of(new PathTree.Trunk(OptionalInt.of(0), trunk, steps)),
                List.of(new PathTree.Attempt(0, trunk, steps, Verifier.Verdict.CORRECT)),
                branches,
                barren
                        ? new PathTree.Outcome(PathTree.Outcome.Kind.NO_PAIR, "every branch was right")
                        : new PathTree.Outcome(PathTree.Outcome.Kind.PAIRED, ""),
                new PathTree.Origin("0", "0", "", 7, 0.5));
    }

    private static Continuation whole(List<String> steps) {
        return new Continuation(String.join("\n", steps), List.of(), List.of(), Continuation.End.FINISHED);
    }
}
