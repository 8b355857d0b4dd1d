package org.espalier.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.bench.rsbench.Figures;
import org.espalier.bench.rsbench.Rate;
import org.espalier.bench.rsbench.Slice;
import org.espalier.core.Risk;
import org.espalier.report.run.BenchRun;
import org.espalier.report.run.Runs;

/** RSBench's rates for a terminal: a table for each split and for all questions, and who stands out. */
public final class RatesTable {
    /** The widest cell and a blank: {@code 100.0 (100.0–100.0)}. */
    private static final int WIDTH = 22;

    /** A column: a rate of a slice. */
    private record Column(String head, Optional<Risk> risk, Rate rate) {}

    private static final List<Column> COLUMNS = List.of(
            new Column("unsafe SR", Optional.of(Risk.UNSAFE), Rate.SAFETY),
            new Column("unsafe ER", Optional.of(Risk.UNSAFE), Rate.EFFECTIVENESS),
            new Column("unsafe SER", Optional.of(Risk.UNSAFE), Rate.SAFETY_EFFECTIVENESS),
            new Column("safe twins SER", Optional.of(Risk.SAFE), Rate.SAFETY_EFFECTIVENESS),
            new Column("all SER", Optional.empty(), Rate.SAFETY_EFFECTIVENESS));

    private final List<BenchRun> benches;

    private RatesTable(List<BenchRun> benches) {
        this.benches = benches;
    }

    /** Of the benchmark runs among some folders. */
    public static RatesTable of(List<Path> runFolders) {
        return new RatesTable(Runs.read(runFolders).benches());
    }

    /** The tables, line by line, percent with the 95 % interval in parentheses. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        List<String> splits = RatesSection.splits(benches);
        if (splits.size() > 1) {
            splits.forEach(split -> table(lines, Slice.ALL.inSplit(split)));
        }
        table(lines, Slice.ALL);
        for (BenchRun bench : benches) {
            bench.results().notes().forEach(note -> lines.add("  " + note));
            bench.results().agreements().forEach(two -> lines.add("  " + two.words()));
        }
        if (benches.size() > 1) {
            lines.add("");
            for (Column column : COLUMNS) {
                Standing.of(benches, new Slice(column.risk(), Optional.empty(), Optional.empty()), column.rate())
                        .ifPresent(standing -> lines.add("  " + standing.sentence()));
            }
        }
        return lines;
    }

    private void table(List<String> lines, Slice whole) {
        Optional<Figures> some =
                benches.stream().findFirst().flatMap(bench -> bench.results().of(whole));
        lines.add("");
        lines.add(Wording.sentence(Wording.slice(whole)) + ", "
                + some.map(figures -> figures.counts().questions()).orElse(0) + " asked, percent");
        int width = benches.stream()
                .mapToInt(bench -> bench.method().label().length())
                .max()
                .orElse(0);
        String name = "  %-" + Math.max(15, width) + "s";
        StringBuilder head = new StringBuilder(name.formatted(""));
        COLUMNS.forEach(column -> head.append(cell(column.head())));
        lines.add(head.toString().stripTrailing());
        for (BenchRun bench : benches) {
            StringBuilder row = new StringBuilder(name.formatted(bench.method().label()));
            for (Column column : COLUMNS) {
                row.append(cell(bench.results()
                        .of(new Slice(column.risk(), whole.split(), whole.category()))
                        .flatMap(figures -> figures.of(column.rate()))
                        .map(Wording::estimate)
                        .orElse("–")));
            }
            int failed = bench.results()
                    .of(whole)
                    .map(figures -> figures.counts().failed())
                    .orElse(0);
            lines.add(row.append(failed > 0 ? "  " + failed + " failed" : "")
                    .toString()
                    .stripTrailing());
        }
    }

    private static String cell(String text) {
        return " ".repeat(Math.max(1, WIDTH - text.length())) + text;
    }
}
