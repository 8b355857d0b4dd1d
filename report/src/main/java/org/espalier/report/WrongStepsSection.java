package org.espalier.report;

import java.util.List;
import java.util.Optional;
import org.espalier.bench.rsbench.Counts;
import org.espalier.bench.rsbench.Figures;
import org.espalier.bench.rsbench.Slice;
import org.espalier.core.Risk;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;
import org.espalier.report.draw.WrongSteps;
import org.espalier.report.run.BenchRun;

/** Where the paths of each method first go wrong. */
final class WrongStepsSection {
    private final List<BenchRun> benches;

    WrongStepsSection(List<BenchRun> benches) {
        this.benches = benches;
    }

    Section section() {
        Section section = new Section("wrong", "Where paths go wrong");
        int steps = benches.stream()
                .flatMap(bench -> counts(bench, Slice.ALL).stream())
                .flatMap(counts -> counts.firstWrongStep().keySet().stream())
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0);
        if (steps == 0) {
            return section;
        }
        int shown = Math.min(steps, 8);
        double most = 0;
        for (BenchRun bench : benches) {
            for (Risk risk : Risk.values()) {
                for (int step = 1; step <= shown; step++) {
                    most = Math.max(most, WrongSteps.share(of(bench, risk), step));
                }
            }
        }
        section.add(Html.element("p")
                .add(Html.text("The first wrong step, in percent of the judged paths of "))
                .add(Html.element("span", "key unsafe").add("unsafe questions"), Html.text(" (left, filled) and of "))
                .add(Html.element("span", "key safe").add("safe twins"), Html.text(" (right, outlined)."))
                .add(steps > shown ? " Steps behind the eighth are not drawn." : ""));
        Element panels = Html.element("div", "panels four");
        for (BenchRun bench : benches) {
            String label = bench.method().label();
            panels.add(Html.element("figure")
                    .add(
                            Html.element("figcaption").add(Html.element("b").add(label), Html.text(none(bench))),
                            WrongSteps.draw(
                                    "first wrong steps of " + label,
                                    of(bench, Risk.UNSAFE),
                                    of(bench, Risk.SAFE),
                                    shown,
                                    Math.max(most, 0.01))));
        }
        return section.add(panels);
    }

    private static String none(BenchRun bench) {
        return counts(bench, Slice.ALL)
                .filter(counts -> counts.judged() > 0)
                .map(counts ->
                        "no step wrong: " + Wording.percent((double) counts.noneWrong() / counts.judged()) + " %")
                .orElse("");
    }

    private static Optional<Counts> counts(BenchRun bench, Slice slice) {
        return bench.results().of(slice).map(Figures::counts);
    }

    private static Counts of(BenchRun bench, Risk risk) {
        return counts(bench, Slice.of(risk)).orElseThrow();
    }
}
