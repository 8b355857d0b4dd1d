package org.espalier.report;

import static org.espalier.report.draw.Html.element;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.espalier.bench.run.ResultFigure;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;
import org.espalier.report.draw.RateBars;
import org.espalier.report.run.BenchRun;
import org.espalier.report.run.Method;
import org.espalier.report.run.Runs;

/** Figure 6: ways of training against each other on every benchmark they were measured on. */
final class BaselinesSection {
    /** Panels by title: the figure that a benchmark is compared by, method by method. */
    private final Map<String, Map<Method, ResultFigure>> panels = new LinkedHashMap<>();

    BaselinesSection(Runs runs) {
        for (BenchRun run : runs.benches()) {
            for (ResultFigure figure : run.result().headlines()) {
                if (figure.value().isPresent()) {
                    panels.computeIfAbsent(run.result().title() + " " + figure.head(), _ -> new TreeMap<>())
                            .put(run.method(), figure);
                }
            }
        }
        panels.values().removeIf(methods -> methods.size() < 2);
    }

    ReportSection section() {
        ReportSection section = new ReportSection("figure6", "Ways of training on every benchmark");
        if (panels.size() < 2) {
            return section;
        }
        section.say("As the paper's Figure 6, from the runs of this report alone; whiskers are 95 % intervals.");
        Element grid = element("div", "panels three");
        panels.forEach((title, methods) -> {
            List<RateBars.Bar> bars = new ArrayList<>();
            methods.forEach((method, figure) ->
                    bars.add(RateBars.Bar.of(method.name(), method.note(), method.isSrpo(), Optional.of(figure))));
            grid.add(Html.figure(RateBars.draw(title, bars), Html.text(title)));
        });
        return section.add(grid);
    }
}
