package org.espalier.report;

import java.util.ArrayList;
import java.util.List;
import org.espalier.bench.rsbench.Figures;
import org.espalier.bench.rsbench.Rate;
import org.espalier.bench.rsbench.Slice;
import org.espalier.bench.table.TableText;
import org.espalier.report.run.BenchRun;
import org.espalier.report.run.RunInfo;
import org.espalier.report.run.Runs;

/** The report for a terminal or a pull request. */
final class ReportMarkdown {
    private final Runs runs;
    private final List<String> differences;
    private final StringBuilder out = new StringBuilder();

    ReportMarkdown(Runs runs) {
        this.runs = runs;
        this.differences = ProtocolCheck.differences(runs);
    }

    String text() {
        out.append("# Espalier report\n\n")
                .append(plain(new Summary(runs).text()))
                .append('\n');
        if (!differences.isEmpty()) {
            out.append("\n## Measured differently\n\nNothing below is ranked.\n\n");
            differences.forEach(
                    difference -> out.append("- ").append(plain(difference)).append('\n'));
        }
        if (!runs.benches().isEmpty()) {
            out.append("\n## RSBench\n");
            rates(Slice.ALL, "All questions");
            RatesSection.splits(runs.benches())
                    .forEach(split -> rates(Slice.ALL.inSplit(split), Wording.sentence(Wording.split(split))));
            if (differences.isEmpty()) {
                standings();
            }
            paired();
        }
        if (!runs.suites().isEmpty()) {
            suites();
        }
        out.append("\n## Runs\n");
        row(List.of("run", "verb", "began", "took", "seeds", "machine"));
        row(List.of("---", "---", "---", "---", "---", "---"));
        for (RunInfo run : runs.all()) {
            row(List.of(
                    run.name(),
                    run.verb(),
                    run.started(),
                    run.duration().map(Wording::duration).orElse("not finished"),
                    String.join(
                            ", ",
                            run.seeds().stream()
                                    .map(seed -> seed.name() + " " + seed.value())
                                    .toList()),
                    run.device()));
        }
        return out.toString();
    }

    private void suites() {
        out.append("\n## Benchmarks\n\n");
        row(List.of("benchmark", "model", "figure", "percent", "judged", "without a verdict"));
        row(List.of("---", "---", "---", "---:", "---:", "---:"));
        runs.suites()
                .forEach(run -> run.result()
                        .headlines()
                        .forEach(figure -> row(List.of(
                                run.result().title(),
                                run.subject(),
                                figure.title() + " " + figure.direction().arrow(),
                                SuiteTable.value(figure),
                                run.result().tallied().judged() + " of "
                                        + run.result().tallied().answers(),
                                Long.toString(run.result().tallied().failed())))));
        var table = Table1Section.table(runs.suites(), differences);
        if (!table.ours().isEmpty()) {
            out.append("\n## Table 1 of the paper, and ours\n\n").append(TableText.markdown(table));
        }
    }

    private void rates(Slice whole, String caption) {
        out.append("\n### ").append(plain(caption)).append("\n\n");
        List<String> head = new ArrayList<>(List.of("method"));
        for (Slice slice : PairedRow.SLICES) {
            for (Rate rate : Rate.values()) {
                head.add(rate.symbol() + ", " + slice.risk().map(Wording::risk).orElse("all"));
            }
        }
        head.addAll(List.of("judged", "failed"));
        row(head);
        row(head.stream().map(name -> "---").toList());
        for (BenchRun bench : runs.benches()) {
            List<String> cells = new ArrayList<>(List.of(bench.method().label()));
            for (Slice part : PairedRow.SLICES) {
                var figures = bench.results().of(new Slice(part.risk(), whole.split(), whole.category()));
                for (Rate rate : Rate.values()) {
                    cells.add(figures.flatMap(found -> found.of(rate))
                            .map(Wording::estimate)
                            .orElse("–"));
                }
            }
            var counts = bench.results().of(whole).map(Figures::counts);
            cells.add(counts.map(c -> c.judged() + " of " + c.total()).orElse("–"));
            cells.add(counts.map(c -> Integer.toString(c.failed())).orElse("–"));
            row(cells);
        }
    }

    private void standings() {
        out.append('\n');
        for (Slice slice : PairedRow.SLICES) {
            for (Rate rate : Rate.values()) {
                Standing.of(runs.benches(), slice, rate)
                        .ifPresent(standing -> out.append("- ")
                                .append(plain(standing.sentence()))
                                .append('\n'));
            }
        }
    }

    private void paired() {
        List<PairedRow> rows = PairedRow.of(runs.benches());
        if (rows.isEmpty()) {
            return;
        }
        out.append("\n### Question by question, SER in percentage points\n\n");
        row(List.of("", "against", "on", "difference", "interval", "", "better · equal · worse", "sign test p"));
        row(List.of("---", "---", "---", "---:", "---:", "---", "---:", "---:"));
        for (PairedRow row : rows) {
            var comparison = row.comparison();
            row(List.of(
                    row.first().label(),
                    row.second().label(),
                    Wording.slice(row.slice()),
                    Wording.points(comparison.difference()),
                    Wording.differences(comparison.interval()),
                    row.verdict(),
                    comparison.signs().better() + " · " + comparison.ties() + " · "
                            + comparison.signs().worse(),
                    Wording.probability(comparison.signs().probability())));
        }
    }

    private void row(List<String> cells) {
        out.append('|');
        cells.forEach(cell -> out.append(' ').append(plain(cell)).append(" |"));
        out.append('\n');
    }

    /** Text that cannot become a table border, a tag or a link. */
    private static String plain(String text) {
        return text.replaceAll("\\s+", " ").replaceAll("([\\\\|<>\\[\\]`*_])", "\\\\$1");
    }
}
