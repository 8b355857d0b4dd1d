package org.espalier.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.espalier.bench.rsbench.Estimate;
import org.espalier.bench.rsbench.Rate;
import org.espalier.bench.rsbench.Slice;
import org.espalier.bench.run.Figure;
import org.espalier.bench.stats.Interval;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;
import org.espalier.report.draw.RateBars;
import org.espalier.report.run.BenchRun;
import org.espalier.report.run.Method;
import org.espalier.report.run.Runs;
import org.espalier.report.run.SuiteRun;

/** Figure 6: ways of training against each other on every benchmark they were measured on. */
final class BaselinesSection {
    /** Panels by title: the figure that a benchmark is compared by, method by method. */
    private final Map<String, Map<Method, Estimate>> panels = new LinkedHashMap<>();

    BaselinesSection(Runs runs) {
        for (SuiteRun run : runs.suites()) {
            run.result()
                    .headlines()
                    .forEach(figure -> estimate(figure)
                            .ifPresent(estimate -> panels.computeIfAbsent(title(run, figure), _ -> new TreeMap<>())
                                    .put(run.method(), estimate)));
        }
        for (BenchRun run : runs.benches()) {
            run.results()
                    .of(Slice.ALL)
                    .flatMap(figures -> figures.of(Rate.SAFETY_EFFECTIVENESS))
                    .ifPresent(estimate -> panels.computeIfAbsent("RSBench SER ↑", _ -> new TreeMap<>())
                            .put(run.method(), estimate));
        }
        panels.values().removeIf(methods -> methods.size() < 2);
    }

    private static String title(SuiteRun run, Figure figure) {
        return run.result().title() + " " + figure.title() + " "
                + figure.direction().arrow();
    }

    private static Optional<Estimate> estimate(Figure figure) {
        return figure.value().isEmpty()
                ? Optional.empty()
                : Optional.of(new Estimate(
                        figure.value().getAsDouble() / 100,
                        figure.interval()
                                .map(it -> new Interval(it.low() / 100, it.high() / 100))
                                .orElse(new Interval(
                                        figure.value().getAsDouble() / 100,
                                        figure.value().getAsDouble() / 100))));
    }

    Section section() {
        Section section = new Section("figure6", "Ways of training on every benchmark");
        if (panels.size() < 2) {
            return section;
        }
        section.add(Html.element("p")
                .add("As the paper's Figure 6, from the runs of this report alone; whiskers are 95 % intervals."));
        Element grid = Html.element("div", "panels three");
        panels.forEach((title, methods) -> {
            List<RateBars.Bar> bars = new ArrayList<>();
            methods.forEach((method, estimate) ->
                    bars.add(new RateBars.Bar(method.name(), method.note(), method.isSrpo(), Optional.of(estimate))));
            grid.add(Html.element("figure").add(Html.element("figcaption").add(title), RateBars.draw(title, bars)));
        });
        return section.add(grid);
    }
}
