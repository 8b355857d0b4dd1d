package org.espalier.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.espalier.bench.run.Result;
import org.espalier.bench.stats.Bootstrap;
import org.espalier.bench.suite.Slice;
import org.espalier.core.Risk;
import org.espalier.report.run.BenchRun;
import org.espalier.report.run.ExploreRun;
import org.espalier.report.run.RunInfo;
import org.espalier.report.run.Runs;

/** What was run, in a paragraph. */
record Summary(Runs runs) {
    String title() {
        return runs.explorations().isEmpty() && runs.trainings().isEmpty()
                ? "Safety benchmarks"
                : "Safety-aware reasoning path optimization";
    }

    String text() {
        List<String> sentences = new ArrayList<>();
        runs.explorations().stream().map(Summary::exploration).forEach(sentences::add);
        if (!runs.trainings().isEmpty()) {
            List<String> methods = runs.trainings().stream()
                    .map(run -> run.method().label())
                    .distinct()
                    .toList();
            sentences.add("Trained: " + ReportWording.list(methods) + ".");
        }
        if (!runs.withoutParts().isEmpty()) {
            sentences.add("Measured by " + benchmarks() + ".");
        }
        for (List<BenchRun> benches : runs.withParts()) {
            sentences.add(asked(benches));
            sentences.add(sureness(benches));
        }
        sentences.addAll(leftOut());
        String machines = where();
        if (!machines.isEmpty()) {
            sentences.add("Computed on " + machines + ".");
        }
        return String.join(" ", sentences);
    }

    /** Which benchmark runs no table has, and why. */
    List<String> leftOut() {
        List<String> sentences = new ArrayList<>();
        List<String> begun = withoutResults(false);
        if (!begun.isEmpty()) {
            sentences.add("Not finished and left out of the tables: " + ReportWording.list(begun) + ".");
        }
        List<String> lost = withoutResults(true);
        if (!lost.isEmpty()) {
            sentences.add("Finished, but without " + Result.FILE + " and left out of the tables: "
                    + ReportWording.list(lost) + "; the same bench command writes it again.");
        }
        return sentences;
    }

    private List<String> withoutResults(boolean finished) {
        return runs.unfinished().stream()
                .filter(run -> run.finished().isEmpty() != finished)
                .map(RunInfo::name)
                .toList();
    }

    private static String exploration(ExploreRun run) {
        return "The exploration drew " + ReportWording.count(run.summary().paths(), "path", "paths") + " for "
                + ReportWording.count(run.summary().questions(), "question", "questions") + " and found "
                + ReportWording.count(run.summary().pairs(), "contrastive pair", "contrastive pairs") + ".";
    }

    private String benchmarks() {
        return ReportWording.list(runs.withoutParts().stream()
                .map(run -> run.result().title())
                .distinct()
                .toList());
    }

    private static String asked(List<BenchRun> benches) {
        Result first = benches.getFirst().result();
        List<String> labels = benches.stream().map(BenchRun::label).toList();
        return first.title() + " asked " + ReportWording.list(labels) + " "
                + ReportWording.count(questions(first, Slice.ALL), "question", "questions")
                + " (" + ReportWording.count(questions(first, Slice.of(Risk.UNSAFE)), "unsafe", "unsafe") + ", "
                + ReportWording.count(questions(first, Slice.of(Risk.SAFE)), "safe twin", "safe twins") + ")"
                + (labels.size() > 1 ? " each" : "") + judges(benches) + failures(benches);
    }

    private static long questions(Result result, Slice slice) {
        return result.on(slice).map(part -> part.counts().questions()).orElse(0L);
    }

    private static String judges(List<BenchRun> benches) {
        Set<String> judges = new LinkedHashSet<>();
        benches.forEach(run -> run.result().protocol().path("judge").forEach(judge -> judges.add(judge.asString(""))));
        return judges.isEmpty() ? "" : "; the paths were judged by " + ReportWording.list(List.copyOf(judges));
    }

    private static String failures(List<BenchRun> benches) {
        long failed = benches.stream()
                .mapToLong(run -> run.result().counts().failed())
                .sum();
        long blocked = benches.stream()
                .mapToLong(run -> run.result().counts().blocked())
                .sum();
        if (failed + blocked == 0) {
            return "; every path has a verdict.";
        }
        return "; " + ReportWording.count(failed + blocked, "path has", "paths have") + " no verdict and are in no rate"
                + (blocked == 0 ? "." : ", " + ReportWording.count(blocked, "of them", "of them") + " blocked.");
    }

    private static String sureness(List<BenchRun> benches) {
        Bootstrap how = benches.getFirst().result().bootstrap();
        return String.format(
                        Locale.ROOT,
                        "Intervals are %.0f %% percentile bootstrap intervals over questions, those about one picture together"
                                + " (%,d resamples, seed %d).",
                        100 * how.level(),
                        how.resamples(),
                        how.seed())
                + (oneRunEach(benches)
                        ? " Each method was trained once, so they say nothing about how another training seed would do."
                        : "");
    }

    /** Whether anything was trained, and nothing twice. */
    private static boolean oneRunEach(List<BenchRun> benches) {
        boolean trained = benches.stream()
                .anyMatch(bench -> bench.training().isPresent()
                        || bench.info().input("adapter").isPresent());
        return trained
                && benches.stream()
                                .map(bench -> bench.method().key())
                                .distinct()
                                .count()
                        == benches.size();
    }

    private String where() {
        Set<String> devices = new LinkedHashSet<>();
        runs.all().stream()
                .map(RunInfo::device)
                .filter(device -> !device.isEmpty())
                .forEach(devices::add);
        return ReportWording.list(List.copyOf(devices));
    }
}
