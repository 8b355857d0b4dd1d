package org.espalier.bench.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Table 1 as Markdown, LaTeX or CSV: arrows in the heads, the best of each block in bold, misprints as notes. */
public final class TableText {
    private static final String DIFFERENT = "Measured differently: ";

    private final Table1 table;
    private final List<String> notes = new ArrayList<>();

    private TableText(Table1 table) {
        this.table = table;
    }

    /** A Markdown table with its notes. */
    public static String markdown(Table1 table) {
        TableText text = new TableText(table);
        StringBuilder out = new StringBuilder("| Models |");
        for (Column column : Column.values()) {
            out.append(' ')
                    .append((column.group() + " " + column.head()).strip())
                    .append(" |");
        }
        out.append("\n| --- |").append(" ---: |".repeat(Column.values().length)).append('\n');
        String group = "";
        for (TableRow row : table.rows()) {
            if (!row.group().equals(group)) {
                group = row.group();
                out.append("| *")
                        .append(group)
                        .append("* |")
                        .append("  |".repeat(Column.values().length))
                        .append('\n');
            }
            out.append("| ").append(row.model().replace("|", "\\|")).append(" |");
            for (Column column : Column.values()) {
                String value = text.value(row, column);
                out.append(' ').append(text.isBest(row, column) ? "**" + value + "**" : value);
                out.append(text.mark(row, column)).append(" |");
            }
            out.append('\n');
        }
        text.notes.forEach(note -> out.append('\n').append(note).append('\n'));
        table.differences()
                .forEach(difference ->
                        out.append('\n').append(DIFFERENT).append(difference).append('\n'));
        return out.toString();
    }

    /** A LaTeX {@code tabular} for {@code booktabs}, its notes as comments behind it. */
    public static String latex(Table1 table) {
        TableText text = new TableText(table);
        StringBuilder out = new StringBuilder("\\begin{tabular}{l");
        out.append("r".repeat(Column.values().length)).append("}\n\\toprule\nModels");
        for (Column column : Column.values()) {
            String arrow = column.direction().arrow().equals("↑") ? "$\\uparrow$" : "$\\downarrow$";
            out.append(" & ")
                    .append(escaped((column.group() + " " + column.title()).strip()))
                    .append(arrow);
        }
        out.append(" \\\\\n");
        String group = "";
        for (TableRow row : table.rows()) {
            if (!row.group().equals(group)) {
                group = row.group();
                out.append("\\midrule\n\\multicolumn{").append(Column.values().length + 1);
                out.append("}{l}{\\textit{").append(escaped(group)).append("}} \\\\\n");
            }
            out.append(escaped(row.model()));
            for (Column column : Column.values()) {
                String value = text.value(row, column).replace("–", "--");
                out.append(" & ").append(text.isBest(row, column) ? "\\textbf{" + value + "}" : value);
                String mark = text.mark(row, column);
                out.append(mark.isEmpty() ? "" : "$^{" + mark.substring(1) + "}$");
            }
            out.append(" \\\\\n");
        }
        out.append("\\bottomrule\n\\end{tabular}\n");
        text.notes.forEach(note -> out.append("% ").append(note).append('\n'));
        table.differences()
                .forEach(difference ->
                        out.append("% ").append(DIFFERENT).append(difference).append('\n'));
        return out.toString();
    }

    /** Comma-separated values: a row a model, empty where nothing was measured, notes in the last column. */
    public static String csv(Table1 table) {
        StringBuilder out = new StringBuilder("group,model");
        for (Column column : Column.values()) {
            out.append(',').append(column.name().toLowerCase(Locale.ROOT));
        }
        out.append(",notes\n");
        for (TableRow row : table.rows()) {
            out.append(quoted(row.group())).append(',').append(quoted(row.model()));
            for (Column column : Column.values()) {
                out.append(',');
                row.cell(column).ifPresent(value -> out.append(number(value)));
            }
            out.append(',')
                    .append(quoted(Stream.concat(
                                    row.notes().entrySet().stream()
                                            .map(note -> note.getKey().name().toLowerCase(Locale.ROOT) + ": "
                                                    + note.getValue()),
                                    table.ours().contains(row)
                                            ? table.differences().stream().map(DIFFERENT::concat)
                                            : Stream.empty())
                            .collect(Collectors.joining("; "))));
            out.append('\n');
        }
        return out.toString();
    }

    private boolean isBest(TableRow row, Column column) {
        boolean ours = table.ours().contains(row);
        return row.cell(column).isPresent() && table.best(column, ours).contains(row.model());
    }

    private String value(TableRow row, Column column) {
        return row.cell(column).isPresent() ? number(row.cell(column).getAsDouble()) : "–";
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /** {@code ^1} where a cell has a note, which is then listed. */
    private String mark(TableRow row, Column column) {
        String note = row.notes().get(column);
        if (note == null) {
            return "";
        }
        notes.add((notes.size() + 1) + ". " + row.model() + ", " + column.head() + ": " + note);
        return "^" + notes.size();
    }

    private static String quoted(String text) {
        return text.matches("[^\",\n\r]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }

    private static String escaped(String text) {
        return text.replaceAll("([&%$#_{}])", "\\\\$1");
    }
}
