package org.espalier.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.bench.run.Result;
import org.espalier.bench.run.ResultFigure;
import org.espalier.bench.run.ResultPart;
import org.espalier.bench.suite.Slice;
import org.espalier.report.run.BenchRun;
import org.espalier.report.run.Runs;

/** Figures of benchmarks for a terminal, in percent with their 95 % intervals. */
public final class FigureTable {
    /** The widest cell and a blank: {@code 100.0 (100.0–100.0)}. */
    private static final int WIDTH = 22;

    private final List<String> lines = new ArrayList<>();

    private FigureTable() {}

    /** All figures of one run. */
    public static List<String> whole(Path run) {
        return of(Runs.read(List.of(run)), false);
    }

    /** The headlines of every benchmark run among some folders; tables of parts where there are any, and who stands out. */
    public static List<String> of(List<Path> runFolders) {
        return of(Runs.read(runFolders), true);
    }

    private static List<String> of(Runs runs, boolean headlines) {
        FigureTable table = new FigureTable();
        for (BenchRun run : runs.withoutParts()) {
            table.head(run.result(), run.subject());
            (headlines ? run.result().headlines() : run.result().figures()).forEach(table::line);
        }
        runs.withParts().forEach(table::parts);
        return table.lines;
    }

    private void head(Result result, String subject) {
        var counts = result.counts();
        String without = counts.withoutVerdict();
        lines.add("");
        lines.add(result.title() + ", " + subject + ": " + counts.judged() + " of " + counts.answers()
                + " answers judged" + (without.isEmpty() ? "" : " (" + without + ")") + ", "
                + counts.scored() + " of " + counts.units() + " questions counted; percent with 95 % intervals");
        remarks(result);
    }

    private void remarks(Result result) {
        result.notes().forEach(note -> lines.add("  " + note));
        if (result.hasParts()) {
            result.figures()
                    .forEach(figure -> figure.bounds()
                            .ifPresent(
                                    it -> lines.add("  " + figure.title() + " of all: " + ReportWording.bounds(it))));
        }
        result.agreements().forEach(two -> lines.add("  " + two.words()));
    }

    private void line(ResultFigure figure) {
        lines.add("  %-44s %s".formatted(figure.head(), ReportWording.exact(figure)));
    }

    /** A column: a figure of unsafe questions, of safe twins or of all. */
    private record Column(Slice slice, ResultFigure figure) {
        String head() {
            return slice.risk().map(ReportWording::risk).orElse("all").replace(" questions", "") + " " + figure.title();
        }
    }

    /** Of one benchmark: every figure of unsafe questions, of the others the headlines. */
    private static List<Column> columns(Result result) {
        List<Column> columns = new ArrayList<>();
        for (Slice slice : PartSlices.RISKS) {
            (slice.equals(PartSlices.RISKS.getFirst()) ? result.figures() : result.headlines())
                    .forEach(figure -> columns.add(new Column(slice, figure)));
        }
        return columns;
    }

    private void parts(List<BenchRun> runs) {
        List<Column> columns = columns(runs.getFirst().result());
        List<String> splits = PartSlices.splits(runs);
        if (splits.size() > 1) {
            splits.forEach(split -> table(runs, columns, Slice.ALL.inSplit(split)));
        }
        table(runs, columns, Slice.ALL);
        runs.forEach(run -> remarks(run.result()));
        if (runs.size() > 1) {
            lines.add("");
            columns.forEach(column -> Standing.of(runs, column.slice(), column.figure())
                    .ifPresent(standing -> lines.add("  " + standing.sentence())));
        }
    }

    private void table(List<BenchRun> runs, List<Column> columns, Slice whole) {
        Optional<ResultPart> some = runs.getFirst().result().on(whole);
        lines.add("");
        lines.add(ReportWording.sentence(ReportWording.slice(whole)) + ", "
                + some.map(part -> part.counts().questions()).orElse(0L) + " asked, percent");
        int width = runs.stream().mapToInt(run -> run.label().length()).max().orElse(0);
        String name = "  %-" + Math.max(15, width) + "s";
        StringBuilder head = new StringBuilder(name.formatted(""));
        columns.forEach(column -> head.append(cell(column.head())));
        lines.add(head.toString().stripTrailing());
        for (BenchRun run : runs) {
            StringBuilder row = new StringBuilder(name.formatted(run.label()));
            for (Column column : columns) {
                Slice slice = new Slice(column.slice().risk(), whole.split(), whole.category());
                row.append(cell(run.result()
                        .figure(slice, column.figure().key())
                        .map(ReportWording::estimate)
                        .orElse("–")));
            }
            run.result().on(whole).map(ResultPart::counts).ifPresent(counts -> {
                row.append(counts.failed() > 0 ? "  " + counts.failed() + " failed" : "");
                row.append(counts.blocked() > 0 ? "  " + counts.blocked() + " blocked" : "");
            });
            lines.add(row.toString().stripTrailing());
        }
    }

    private static String cell(String text) {
        return " ".repeat(Math.max(1, WIDTH - text.length())) + text;
    }
}
