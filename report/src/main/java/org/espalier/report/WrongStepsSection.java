package org.espalier.report;

import static org.espalier.report.draw.Html.element;

import java.util.List;
import java.util.Optional;
import org.espalier.bench.run.AnswerCounts;
import org.espalier.bench.run.ResultPart;
import org.espalier.bench.suite.Slice;
import org.espalier.core.Risk;
import org.espalier.report.draw.Html;
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
        section.add(element("p")
                .add(Html.text("The first wrong step, in percent of the judged paths of "), WrongSteps.key())
                .add(steps > shown ? " Steps behind the eighth are not drawn." : ""));
        List<WrongSteps.Method> methods = runs.stream()
                .map(run -> new WrongSteps.Method(
                        run.label(),
                        none(run),
                        "first wrong steps of " + run.label(),
                        of(run, Risk.UNSAFE),
                        of(run, Risk.SAFE)))
                .toList();
        return section.add(WrongSteps.panels("four", methods, shown));
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
