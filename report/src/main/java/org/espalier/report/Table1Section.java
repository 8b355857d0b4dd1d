package org.espalier.report;

import static org.espalier.report.draw.Html.element;
import static org.espalier.report.draw.Html.th;
import static org.espalier.report.draw.Html.tr;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.bench.run.Result;
import org.espalier.bench.table.Column;
import org.espalier.bench.table.Table1;
import org.espalier.bench.table.TableRow;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;
import org.espalier.report.run.BenchRun;

/** The paper's Table 1 with a row for each model that was measured here. */
final class Table1Section {
    private final Table1 table;
    private final List<Html> notes = new ArrayList<>();

    Table1Section(List<BenchRun> benches, List<String> differences) {
        table = table(benches, differences);
    }

    /** @param differences between the ways in which runs were measured */
    static Table1 table(List<BenchRun> benches, List<String> differences) {
        Map<String, List<Result>> byModel = new LinkedHashMap<>();
        benches.forEach(run ->
                byModel.computeIfAbsent(run.subject(), _ -> new ArrayList<>()).add(run.result()));
        List<TableRow> ours = new ArrayList<>();
        byModel.forEach((model, results) -> {
            TableRow row = Table1.row(model, results);
            if (!row.cells().isEmpty()) {
                ours.add(row);
            }
        });
        return Table1.published(ours, differences);
    }

    ReportSection section() {
        ReportSection section = new ReportSection("table1", "Table 1 of the paper, and ours");
        if (table.ours().isEmpty()) {
            return section;
        }
        section.say("The published rows as printed; what is known to be misprinted or taken from elsewhere has a note."
                + " Bold is the best of the published rows and the best of ours, each among themselves: the two"
                + " were measured in different ways, and only differences under one protocol mean something."
                + (table.differences().isEmpty()
                        ? ""
                        : " Ours were measured in different ways too: none of them is called best."));
        Element head = tr(th("Models"));
        Element second = tr(element("th"));
        String group = "";
        for (Column column : Column.values()) {
            boolean begins = !column.group().equals(group) || column.group().isEmpty();
            group = column.group();
            head.add(element("th", begins ? "first" : "").add(begins ? group : ""));
            second.add(element("th", begins ? "first" : "").add(column.head()));
        }
        List<Html> body = new ArrayList<>();
        String block = "";
        for (TableRow row : table.rows()) {
            if (!row.group().equals(block)) {
                block = row.group();
                body.add(tr(element("th")
                        .attribute("colspan", Integer.toString(Column.values().length + 1))
                        .add(element("i").add(block))));
            }
            body.add(row(row));
        }
        section.add(element("div", "wide")
                .add(TableDrawing.table("rates table1", Html.nothing(), List.of(head, second), body)));
        return section.add(element("ol", "notes").add(notes));
    }

    private Html row(TableRow row) {
        boolean ours = table.ours().contains(row);
        Element out = element("tr", ours ? "strong" : "").add(th(row.model()));
        for (Column column : Column.values()) {
            Element cell = element("td");
            if (row.cell(column).isEmpty()) {
                out.add(cell.add("–"));
                continue;
            }
            String value = ReportWording.hundredths(row.cell(column).getAsDouble());
            cell.add(
                    table.best(column, ours).contains(row.model())
                            ? element("b").add(value)
                            : Html.text(value));
            String note = row.notes().get(column);
            if (note != null) {
                notes.add(element("li").add(row.model() + ", " + column.head() + ": " + note));
                cell.add(element("sup").add(Integer.toString(notes.size())));
            }
            out.add(cell);
        }
        return out;
    }
}
