package org.espalier.report;

import static org.espalier.report.draw.Html.element;

import java.util.List;
import java.util.Optional;
import org.espalier.bench.run.AnswerCounts;
import org.espalier.bench.run.ResultPart;
import org.espalier.bench.suite.Slice;
import org.espalier.core.Risk;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;
import org.espalier.report.draw.WrongSteps;
import org.espalier.report.run.BenchRun;

/** Where the paths of each method first go wrong. */
record WrongStepsSection(List<BenchRun> runs) {
    ReportSection section() {
        ReportSection section = new ReportSection("wrong", "Where paths go wrong");
        int steps = runs.stream()
                .flatMap(run -> counts(run, Slice.ALL).stream())
                .flatMap(counts -> counts.firstWrongStep().keySet().stream())
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0);
        if (steps == 0) {
            return section;
        }
        int shown = Math.min(steps, 8);
        double most = 0;
        for (BenchRun run : runs) {
            for (Risk risk : Risk.values()) {
                for (int step = 1; step <= shown; step++) {
                    most = Math.max(most, WrongSteps.share(of(run, risk), step));
                }
            }
        }
        section.add(element("p")
                .add(Html.text("The first wrong step, in percent of the judged paths of "))
                .add(element("span", "key unsafe").add("unsafe questions"), Html.text(" (left, filled) and of "))
                .add(element("span", "key safe").add("safe twins"), Html.text(" (right, outlined)."))
                .add(steps > shown ? " Steps behind the eighth are not drawn." : ""));
        Element panels = element("div", "panels four");
        for (BenchRun run : runs) {
            String label = run.label();
            panels.add(element("figure")
                    .add(
                            element("figcaption").add(element("b").add(label), Html.text(none(run))),
                            WrongSteps.draw(
                                    "first wrong steps of " + label,
                                    of(run, Risk.UNSAFE),
                                    of(run, Risk.SAFE),
                                    shown,
                                    Math.max(most, 0.01))));
        }
        return section.add(panels);
    }

    private static String none(BenchRun run) {
        return counts(run, Slice.ALL)
                .filter(counts -> counts.judged() > 0)
                .map(counts -> "no step wrong: "
                        + ReportWording.percent(100 * ((double) counts.noneWrong() / counts.judged())) + " %")
                .orElse("");
    }

    private static Optional<AnswerCounts> counts(BenchRun run, Slice slice) {
        return run.result().on(slice).map(ResultPart::counts);
    }

    private static AnswerCounts of(BenchRun run, Risk risk) {
        return counts(run, Slice.of(risk)).orElseThrow();
    }
}
