package org.espalier.workflow.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.espalier.bench.own.OwnBenchmark;
import org.espalier.bench.run.Selection;
import org.espalier.bench.set.Benchmarks;
import org.espalier.bench.set.RsBench;
import org.espalier.bench.suite.Benchmark;
import org.espalier.bench.suite.Convention;
import org.espalier.bench.suite.Prompts;
import org.espalier.bench.suite.QuestionSet;
import org.espalier.core.InputException;
import org.espalier.core.file.RunPlan;
import org.espalier.core.text.StepSplitter;
import org.espalier.ssui.foreign.QuestionFile;
import org.espalier.ssui.foreign.UnpackedParquet;

/**
 * A benchmark, its data, and how much of it is asked in which words.
 *
 * @param name of one that ships, or the YAML file of one
 * @param prompts a folder of prompts that stand for those that ship
 * @param jurors of SafeBench, 1 or 5
 * @param convention by whose choices it is run, where the published program and this one differ
 */
public record BenchmarkChoice(
        String name, Path data, Limit limit, Optional<Path> prompts, int jurors, Convention convention) {
    /**
     * How many of a benchmark's questions are asked.
     *
     * @param limit the first so many units
     * @param sample so many units, stratified
     */
    public record Limit(OptionalInt limit, OptionalInt sample) {
        public static final Limit NONE = new Limit(OptionalInt.empty(), OptionalInt.empty());

        public Limit {
            if (limit.isPresent() && sample.isPresent()) {
                throw new InputException(
                        "--limit takes the first questions, --sample a stratified part: give one of them");
            }
            if (limit.orElse(1) < 1 || sample.orElse(1) < 1) {
                throw new InputException("--limit and --sample are at least 1");
            }
        }

        QuestionSet of(QuestionSet all, long seed) {
            QuestionSet limited = limit.isPresent() ? Selection.first(all, limit.getAsInt()) : all;
            return sample.isPresent() ? Selection.stratified(limited, sample.getAsInt(), seed) : limited;
        }

        RunPlan.Builder into(RunPlan.Builder plan) {
            limit.ifPresent(units -> plan.setting("limit", units, "flag --limit"));
            sample.ifPresent(units -> plan.setting("sample", units, "flag --sample"));
            return plan;
        }
    }

    /** All of it, as it ships. */
    public static BenchmarkChoice of(String name, Path data) {
        return new BenchmarkChoice(name, data, Limit.NONE, Optional.empty(), 1, Convention.OURS);
    }

    /** Another benchmark by the same choices, its data in a folder of its name below these. */
    BenchmarkChoice below(String other) {
        return new BenchmarkChoice(other, data.resolve(other), limit, prompts, jurors, convention);
    }

    /** Whether it is run as its authors run it. */
    boolean official() {
        return convention == Convention.OFFICIAL;
    }

    /** @param paths that are drawn for each question, where the benchmark lets this be chosen */
    Benchmark benchmark(int paths, StepSplitter.Style steps) {
        if (OwnBenchmark.isFile(name)) {
            if (official()) {
                throw new InputException(
                        "a benchmark of your own is run as its file says: leave '--protocol official' out");
            }
            return OwnBenchmark.read(Path.of(name), words());
        }
        return new Benchmarks(new Benchmarks.Options(words(), paths, steps, jurors, convention))
                .named(name)
                .orElseThrow(() -> new InputException("there is no benchmark '" + name + "'"));
    }

    private Prompts words() {
        return prompts.map(Prompts::in).orElseGet(Prompts::shipped);
    }

    /** Whose texts are used, where they are not all those that ship; empty where they are. */
    Optional<String> texts(Benchmark benchmark) {
        Prompts words = words();
        List<String> all = benchmark.texts();
        List<String> authors = all.stream()
                .filter(name -> words.origin(name) == Prompts.Origin.AUTHORS)
                .toList();
        List<String> own = all.stream()
                .filter(name -> words.origin(name) == Prompts.Origin.OWN)
                .toList();
        if (authors.isEmpty() && own.isEmpty() && convention == Convention.OURS) {
            return Optional.empty();
        }
        return Optional.of("texts: " + authors.size() + " of " + all.size() + " are the authors' own by their hash"
                + (own.isEmpty() ? "" : ", " + String.join(", ", own) + " are somebody's")
                + (authors.size() + own.size() == all.size() ? "" : "; the others are ours for the same rubric"));
    }

    /** The questions that are asked. */
    QuestionSet questions(Benchmark benchmark, long seed) {
        QuestionSet all = benchmark.load(source());
        if (all.items().isEmpty()) {
            throw new InputException(data + " holds no question of "
                    + benchmark.card().title() + " that can be asked: " + String.join("; ", all.notes()));
        }
        QuestionSet some = limit.of(all, seed);
        return texts(benchmark).map(note -> some.of(some.items(), note)).orElse(some);
    }

    /**
     * RSBench is any data in the form of SSUI, and a benchmark of one's own has any rows: both may be Parquet. Other
     * benchmarks come in their own files.
     */
    private Path source() {
        if (OwnBenchmark.isFile(name)) {
            return rows(OwnBenchmark.read(Path.of(name), words()), data);
        }
        return name.equals(RsBench.NAME) ? QuestionFile.test(data) : data;
    }

    /** What a benchmark of one's own can load of some data: Parquet is unpacked into lines. */
    public static Path rows(OwnBenchmark benchmark, Path data) {
        Path items = benchmark.items(data);
        return items.toString().toLowerCase(Locale.ROOT).endsWith(".parquet") && Files.isRegularFile(items)
                ? UnpackedParquet.standard().lines(items)
                : data;
    }

    /** @param hash of the questions with their pictures */
    RunPlan.Builder into(RunPlan.Builder plan, QuestionSet set, String hash) {
        set.files().forEach(file -> plan.input("data " + file.getFileName() + " in " + below(set, file), file));
        plan.input("questions", set.root(), hash);
        if (!source().equals(data)) {
            plan.input("parquet", data);
        }
        limit.into(plan);
        prompts.ifPresent(folder -> plan.input("prompts", folder));
        if (OwnBenchmark.isFile(name)) {
            plan.input("benchmark", Path.of(name));
        }
        plan.setting("convention", convention.label(), convention == Convention.OURS ? "default" : "flag --protocol");
        return plan.setting("jurors", jurors, jurors == 1 ? "default" : "flag --jury");
    }

    private static String below(QuestionSet set, Path file) {
        Path folder = file.toAbsolutePath().getParent();
        Path below = folder == null ? file : set.root().toAbsolutePath().relativize(folder);
        return below.toString().isEmpty() ? "." : below.toString();
    }
}
