package org.espalier.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.espalier.bench.run.Figure;
import org.espalier.bench.run.Result;
import org.espalier.report.run.Runs;

/** Figures of benchmarks for a terminal. */
public final class SuiteTable {
    private SuiteTable() {}

    /** All figures of one result. */
    public static List<String> lines(Result result) {
        List<String> lines = new ArrayList<>(head(result, result.subject()));
        result.figures().forEach(figure -> lines.add(line(figure)));
        return lines;
    }

    /** The headlines of every benchmark run among some folders. */
    public static List<String> of(List<Path> runs) {
        List<String> lines = new ArrayList<>();
        Runs read = Runs.read(runs);
        read.suites().forEach(suite -> {
            lines.addAll(head(suite.result(), suite.subject()));
            suite.result().headlines().forEach(figure -> lines.add(line(figure)));
        });
        if (!read.benches().isEmpty()) {
            lines.addAll(RatesTable.of(runs).lines());
        }
        return lines;
    }

    private static List<String> head(Result result, String subject) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        var tallied = result.tallied();
        lines.add(result.title() + ", " + subject + ": " + tallied.judged() + " of " + tallied.answers()
                + " answers judged" + (tallied.failed() == 0 ? "" : " (" + tallied.failures() + ")") + ", "
                + tallied.scored() + " of " + tallied.units() + " questions counted; percent with 95 % intervals");
        result.notes().forEach(note -> lines.add("  " + note));
        result.agreements().forEach(two -> lines.add("  " + two.words()));
        return lines;
    }

    private static String line(Figure figure) {
        return "  %-44s %s".formatted(figure.title() + " " + figure.direction().arrow(), value(figure));
    }

    /** As {@code 42.38 (40.10–44.61)}. */
    static String value(Figure figure) {
        if (figure.value().isEmpty()) {
            return "–";
        }
        String interval = figure.interval()
                .map(it -> String.format(Locale.ROOT, " (%.2f–%.2f)", it.low(), it.high()))
                .orElse("");
        String note = figure.note().map(it -> ", " + it).orElse("");
        return String.format(Locale.ROOT, "%.2f", figure.value().getAsDouble()) + interval + note;
    }
}
