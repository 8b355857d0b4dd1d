package org.espalier.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.bench.rsbench.Rate;
import org.espalier.bench.rsbench.Slice;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;
import org.espalier.report.draw.Points;
import org.espalier.report.run.BenchRun;
import org.espalier.report.run.RunInfo;
import org.espalier.report.run.Runs;
import org.espalier.report.run.SuiteRun;

/** Figure 7: what the loss weight λ does, drawn where runs of more than two values of it are reported. */
final class LambdaSection {
    private static final int LEAST = 3;

    private final Runs runs;
    /** Percent by λ, the mean where several runs have one, for each figure. */
    private final SortedMap<String, SortedMap<Double, List<Double>>> curves = new TreeMap<>();

    LambdaSection(Runs runs) {
        this.runs = runs;
        for (BenchRun run : runs.benches()) {
            lambda(run.info(), run.method().isSrpo()).ifPresent(lambda -> {
                for (Rate rate : Rate.values()) {
                    run.results()
                            .of(Slice.ALL)
                            .flatMap(figures -> figures.of(rate))
                            .ifPresent(estimate -> add("RSBench " + rate.symbol(), lambda, 100 * estimate.rate()));
                }
            });
        }
        for (SuiteRun run : runs.suites()) {
            lambda(run.info(), run.method().isSrpo())
                    .ifPresent(lambda -> run.result()
                            .headlines()
                            .forEach(figure -> figure.value()
                                    .ifPresent(
                                            value -> add(run.result().title() + " " + figure.title(), lambda, value))));
        }
        curves.values().removeIf(curve -> curve.size() < LEAST);
    }

    private void add(String title, double lambda, double percent) {
        curves.computeIfAbsent(title, _ -> new TreeMap<>())
                .computeIfAbsent(lambda, _ -> new ArrayList<>())
                .add(percent);
    }

    /** Of the training whose adapter was measured. */
    private Optional<Double> lambda(RunInfo measured, boolean srpo) {
        return measured.input("adapter")
                .filter(_ -> srpo)
                .flatMap(adapter -> runs.trainings().stream()
                        .filter(training -> adapter.toAbsolutePath()
                                .normalize()
                                .startsWith(training.info()
                                        .folder()
                                        .toAbsolutePath()
                                        .normalize()))
                        .findFirst())
                .flatMap(training -> training.info().setting("lambda"))
                .map(Double::valueOf);
    }

    Section section() {
        Section section = new Section("figure7", "The loss weight λ");
        if (curves.isEmpty()) {
            return section;
        }
        section.add(Html.element("p")
                .add("As the paper's Figure 7, from the runs of this report alone; the mean where several"
                        + " runs share a λ."));
        Element grid = Html.element("div", "panels three");
        curves.forEach((title, points) -> {
            SortedMap<Double, Double> means = new TreeMap<>();
            points.forEach((lambda, percents) -> means.put(
                    lambda,
                    percents.stream().mapToDouble(Double::doubleValue).average().orElse(0)));
            grid.add(Html.element("figure")
                    .add(Html.element("figcaption").add(title + " over λ"), Points.draw(title + " over λ", means)));
        });
        return section.add(grid);
    }
}
