package org.espalier.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.espalier.bench.rsbench.Counts;
import org.espalier.bench.rsbench.Figures;
import org.espalier.bench.rsbench.ResultsFile;
import org.espalier.bench.rsbench.Slice;
import org.espalier.bench.stats.Bootstrap;
import org.espalier.core.Risk;
import org.espalier.report.run.BenchRun;
import org.espalier.report.run.ExploreRun;
import org.espalier.report.run.RunInfo;
import org.espalier.report.run.Runs;

/** What was run, in a paragraph. */
final class Summary {
    private final Runs runs;

    Summary(Runs runs) {
        this.runs = runs;
    }

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
            sentences.add("Trained: " + Wording.list(methods) + ".");
        }
        if (!runs.suites().isEmpty()) {
            sentences.add("Measured by " + suites() + ".");
        }
        if (!runs.benches().isEmpty()) {
            sentences.add(bench());
            sentences.add(sureness());
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
            sentences.add("Not finished and left out of the tables: " + Wording.list(begun) + ".");
        }
        List<String> lost = withoutResults(true);
        if (!lost.isEmpty()) {
            sentences.add("Finished, but without " + ResultsFile.NAME + " and left out of the tables: "
                    + Wording.list(lost) + "; the same bench command writes it again.");
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
        return "The exploration drew " + Wording.count(run.paths(), "path", "paths") + " for "
                + Wording.count(run.questions(), "question", "questions") + " and found "
                + Wording.count(run.allPairs(), "contrastive pair", "contrastive pairs") + ".";
    }

    private String suites() {
        return Wording.list(runs.suites().stream()
                .map(run -> run.result().title())
                .distinct()
                .toList());
    }

    private String bench() {
        BenchRun first = runs.benches().getFirst();
        List<String> labels =
                runs.benches().stream().map(bench -> bench.method().label()).toList();
        return "RSBench asked " + Wording.list(labels) + " "
                + Wording.count(questions(first, Slice.ALL), "question", "questions")
                + " (" + Wording.count(questions(first, Slice.of(Risk.UNSAFE)), "unsafe", "unsafe") + ", "
                + Wording.count(questions(first, Slice.of(Risk.SAFE)), "safe twin", "safe twins") + ")"
                + (labels.size() > 1 ? " each" : "") + judge() + failures();
    }

    private static int questions(BenchRun bench, Slice slice) {
        return bench.results()
                .of(slice)
                .map(figures -> figures.counts().questions())
                .orElse(0);
    }

    private String judge() {
        Set<String> arbiters = new LinkedHashSet<>();
        runs.benches().forEach(bench -> bench.info().setting("arbiter").ifPresent(arbiters::add));
        return arbiters.isEmpty() ? "" : "; the paths were judged by " + Wording.list(List.copyOf(arbiters));
    }

    private String failures() {
        int failed = runs.benches().stream()
                .map(bench -> bench.results().of(Slice.ALL).map(Figures::counts))
                .flatMap(Optional::stream)
                .mapToInt(Counts::failed)
                .sum();
        return failed == 0
                ? "; every path has a verdict."
                : "; " + Wording.count(failed, "path has", "paths have") + " no verdict and are in no rate.";
    }

    private String sureness() {
        Bootstrap how = runs.benches().getFirst().results().bootstrap();
        return String.format(
                        Locale.ROOT,
                        "Intervals are %.0f %% percentile bootstrap intervals over questions (%,d resamples, seed %d).",
                        100 * how.level(),
                        how.resamples(),
                        how.seed())
                + (oneRunEach()
                        ? " Each method was trained once, so they say nothing about how another training seed would do."
                        : "");
    }

    /** Whether anything was trained, and nothing twice. */
    private boolean oneRunEach() {
        boolean trained = runs.benches().stream()
                .anyMatch(bench -> bench.training().isPresent()
                        || bench.info().input("adapter").isPresent());
        return trained
                && runs.benches().stream()
                                .map(bench -> bench.method().key())
                                .distinct()
                                .count()
                        == runs.benches().size();
    }

    private String where() {
        Set<String> devices = new LinkedHashSet<>();
        runs.all().stream()
                .map(RunInfo::device)
                .filter(device -> !device.isEmpty())
                .forEach(devices::add);
        return Wording.list(List.copyOf(devices));
    }
}
