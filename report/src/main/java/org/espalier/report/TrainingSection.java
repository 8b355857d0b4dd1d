package org.espalier.report;

import static org.espalier.report.draw.Html.element;

import java.util.List;
import org.espalier.report.draw.Curve;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;
import org.espalier.report.run.Metric;
import org.espalier.report.run.TrainRun;

/** How each training went: loss, margin, accuracy, log-probabilities. */
record TrainingSection(List<TrainRun> trainings) {
    ReportSection section() {
        ReportSection section = new ReportSection("training", "Training");
        section.say("Each step thin, the mean over its nearest nine steps thick. Losses of different methods are"
                + " different quantities: compare their course, not their height. Margin is the mean difference"
                + " between favorable and unfavorable branches as the loss sees it, accuracy the share of pairs"
                + " in the right order.");
        trainings.forEach(run -> section.add(run(run)));
        return section;
    }

    private static Html run(TrainRun run) {
        Element curves = element("div", "panels four");
        curve(curves, run, Metric.LOSS, "loss");
        curve(curves, run, Metric.MARGIN, "margin");
        curve(curves, run, Metric.ACCURACY, "accuracy");
        logprobs(curves, run);
        Element head = element("h3").add(Html.text(run.method().label() + " "));
        head.add(element("small").add(facts(run)));
        return Html.div("together", head, curves);
    }

    private static String facts(TrainRun run) {
        String steps = run.metrics().isEmpty()
                ? "no metrics yet"
                : ReportWording.count(run.metrics().size(), "step", "steps");
        String time =
                run.info().duration().map(d -> ", " + ReportWording.duration(d)).orElse("");
        String broken = run.unreadable() == 0
                ? ""
                : ", " + ReportWording.count(run.unreadable(), "line", "lines") + " of the metrics could not be read";
        return steps + time + broken;
    }

    private static void curve(Element curves, TrainRun run, String name, String caption) {
        List<Curve.Point> points = points(run, name);
        if (!points.isEmpty()) {
            figure(curves, run, caption, List.of(new Curve.Line(caption, false, points)));
        }
    }

    private static void logprobs(Element curves, TrainRun run) {
        List<Curve.Point> chosen = points(run, Metric.CHOSEN);
        List<Curve.Point> rejected = points(run, Metric.REJECTED);
        if (!chosen.isEmpty() && !rejected.isEmpty()) {
            figure(
                    curves,
                    run,
                    "log-probability",
                    List.of(new Curve.Line("chosen", false, chosen), new Curve.Line("rejected", true, rejected)));
        } else if (!chosen.isEmpty()) {
            figure(curves, run, "log-probability", List.of(new Curve.Line("chosen", false, chosen)));
        }
    }

    private static void figure(Element curves, TrainRun run, String caption, List<Curve.Line> lines) {
        String label = caption + " of " + run.method().label() + " by step";
        curves.add(Html.figure(Curve.draw(label, lines), Html.text(caption)));
    }

    private static List<Curve.Point> points(TrainRun run, String name) {
        return Metric.having(run.metrics(), name).stream()
                .map(metric -> new Curve.Point(metric.step(), metric.of(name).orElseThrow()))
                .toList();
    }
}
