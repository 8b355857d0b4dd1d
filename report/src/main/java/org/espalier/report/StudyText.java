package org.espalier.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.espalier.report.StudyTables.Table;
import org.espalier.report.study.StudyRate;
import org.espalier.report.study.StudyRecord;
import org.espalier.report.study.StudySummary;

/** A study as Markdown, and its tables as LaTeX. */
final class StudyText {
    private final StudyRecord study;
    private final StudyTables tables;

    StudyText(StudyRecord study) {
        this.study = study;
        this.tables = new StudyTables(study);
    }

    String markdown() {
        StringBuilder out = new StringBuilder("# Study, ").append(study.part()).append("\n\n");
        StudySummary summary = new StudySummary(study);
        summary.sentences()
                .forEach(sentence ->
                        out.append("- ").append(ReportMarkdown.plain(sentence)).append('\n'));
        out.append('\n').append(summary.choice()).append('\n');
        study.notes()
                .forEach(note ->
                        out.append('\n').append(ReportMarkdown.plain(note)).append('\n'));
        List<Table> all = new ArrayList<>(List.of(
                tables.differences(StudyRate.SER),
                tables.rates(),
                tables.splits(),
                tables.wrongSteps(),
                tables.cost(),
                tables.rows(),
                tables.tried()));
        all.removeIf(table -> table.lines().isEmpty());
        all.forEach(table -> markdown(out, table));
        StudyRecord.Provenance made = study.made();
        out.append("\n## Made\n\n`" + study.command() + "`, " + made.date() + ", " + made.machine()
                + made.commits().words() + "\n\n");
        made.hashes().forEach((name, hash) -> out.append("- " + ReportMarkdown.plain(name) + ": " + hash + "\n"));
        return out.toString();
    }

    private static void markdown(StringBuilder out, Table table) {
        out.append("\n## ").append(ReportMarkdown.plain(table.caption())).append("\n\n");
        line(out, table.head());
        List<String> rule = new ArrayList<>(Collections.nCopies(table.head().size(), "---:"));
        for (int i = 0; i <= table.words(); i++) {
            rule.set(i, "---");
        }
        out.append("| ").append(String.join(" | ", rule)).append(" |\n");
        table.lines().forEach(line -> line(out, line));
    }

    private static void line(StringBuilder out, List<String> words) {
        out.append(words.stream().map(ReportMarkdown::plain).collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    String latex() {
        StringBuilder out = new StringBuilder();
        for (Table table : List.of(tables.rates(), tables.differences(StudyRate.SER), tables.cost())) {
            out.append("% ").append(table.caption()).append('\n');
            out.append("\\begin{tabular}{" + "l".repeat(table.words() + 1)
                    + "r".repeat(table.head().size() - table.words() - 1) + "}\n\\toprule\n");
            out.append(cells(table.head())).append("\\midrule\n");
            table.lines().forEach(line -> out.append(cells(line)));
            out.append("\\bottomrule\n\\end{tabular}\n\n");
        }
        return out.toString();
    }

    private static String cells(List<String> words) {
        return words.stream().map(StudyText::escaped).collect(Collectors.joining(" & ", "", " \\\\\n"));
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\textbackslash ")
                .replaceAll("([&%$#_{}])", "\\\\$1")
                .replace("−", "$-$")
                .replace("–", "--")
                .replace("·", "$\\cdot$")
                .replace("λ", "$\\lambda$");
    }
}
