package org.espalier.report;

import java.util.ArrayList;
import java.util.List;
import org.espalier.bench.run.ResultFigure;
import org.espalier.bench.run.ResultPart;
import org.espalier.bench.suite.Slice;
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
        out.append("# Espalier report\n\n" + plain(new Summary(runs).text()) + "\n");
        if (!differences.isEmpty()) {
            out.append("\n## Measured differently\n\nNothing below is ranked.\n\n");
            differences.forEach(difference -> out.append("- " + plain(difference) + "\n"));
        }
        runs.withParts().forEach(this::parts);
        if (!runs.withoutParts().isEmpty()) {
            benchmarks();
        }
        out.append("\n## Runs\n");
        row(List.of("run", "verb", "began", "took", "seeds", "machine"));
        row(List.of("---", "---", "---", "---", "---", "---"));
        for (RunInfo run : runs.all()) {
            row(List.of(
                    run.name(),
                    run.verb(),
                    run.started(),
                    run.duration().map(ReportWording::duration).orElse("not finished"),
                    String.join(
                            ", ",
                            run.seeds().stream()
                                    .map(seed -> seed.name() + " " + seed.value())
                                    .toList()),
                    run.device()));
        }
        return out.toString();
    }

    private void benchmarks() {
        out.append("\n## Benchmarks\n\n");
        row(List.of("benchmark", "model", "figure", "percent", "judged", "without a verdict"));
        row(List.of("---", "---", "---", "---:", "---:", "---:"));
        for (BenchRun run : runs.withoutParts()) {
            var counts = run.result().counts();
            for (ResultFigure figure : run.result().headlines()) {
                row(List.of(
                        run.result().title(),
                        run.subject(),
                        figure.head(),
                        ReportWording.exact(figure),
                        counts.judged() + " of " + counts.answers(),
                        counts.withoutVerdict().isEmpty() ? "0" : counts.withoutVerdict()));
            }
        }
        var table = Table1Section.table(runs.withoutParts(), differences);
        if (!table.ours().isEmpty()) {
            out.append("\n## Table 1 of the paper, and ours\n\n").append(TableText.markdown(table));
        }
    }

    private void parts(List<BenchRun> benches) {
        out.append("\n## ").append(plain(benches.getFirst().result().title())).append('\n');
        rates(benches, Slice.ALL, "All questions");
        PartSlices.splits(benches)
                .forEach(split ->
                        rates(benches, Slice.ALL.inSplit(split), ReportWording.sentence(ReportWording.split(split))));
        if (differences.isEmpty()) {
            out.append('\n');
            Standing.all(benches).forEach(standing -> out.append("- " + plain(standing.sentence()) + "\n"));
        }
        paired(PairedRow.of(benches));
    }

    private void rates(List<BenchRun> benches, Slice whole, String caption) {
        out.append("\n### ").append(plain(caption)).append("\n\n");
        List<ResultFigure> figures = benches.getFirst().result().figures();
        List<Slice> slices = PartSlices.risks(whole);
        List<String> head = new ArrayList<>(List.of("method"));
        for (Slice slice : slices) {
            figures.forEach(figure -> head.add(figure.title() + ", "
                    + slice.risk().map(ReportWording::risk).orElse("all")));
        }
        head.addAll(List.of("judged", "failed", "blocked"));
        row(head);
        row(head.stream().map(name -> "---").toList());
        for (BenchRun run : benches) {
            List<String> cells = new ArrayList<>(List.of(run.label()));
            for (Slice slice : slices) {
                figures.forEach(figure -> cells.add(run.result()
                        .figure(slice, figure.key())
                        .map(ReportWording::estimate)
                        .orElse("–")));
            }
            var counts = run.result().on(whole).map(ResultPart::counts);
            cells.add(counts.map(c -> c.judged() + " of " + c.answers()).orElse("–"));
            cells.add(counts.map(c -> Long.toString(c.failed())).orElse("–"));
            cells.add(counts.map(c -> Long.toString(c.blocked())).orElse("–"));
            row(cells);
        }
    }

    private void paired(List<PairedRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        out.append("\n### Question by question, " + plain(PairedSection.rates(rows)) + " in percentage points\n\n");
        row(List.of("", "against", "on", "difference", "interval", "", "better · equal · worse", "sign test p"));
        row(List.of("---", "---", "---", "---:", "---:", "---", "---:", "---:"));
        for (PairedRow row : rows) {
            var comparison = row.comparison();
            row(List.of(
                    row.first().label(),
                    row.second().label(),
                    ReportWording.slice(row.slice()),
                    ReportWording.points(comparison.difference()),
                    ReportWording.differences(comparison.interval()),
                    row.verdict(),
                    comparison.signs().better() + " · " + comparison.ties() + " · "
                            + comparison.signs().worse(),
                    ReportWording.probability(comparison.signs().probability())));
        }
    }

    private void row(List<String> cells) {
        out.append('|');
        cells.forEach(cell -> out.append(' ').append(plain(cell)).append(" |"));
        out.append('\n');
    }

    /** Text that cannot become a table border, a tag or a link. */
    static String plain(String text) {
        return text.replaceAll("\\s+", " ").replaceAll("([\\\\|<>\\[\\]`*_])", "\\\\$1");
    }
}
