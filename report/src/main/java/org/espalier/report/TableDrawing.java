package org.espalier.report;

import static org.espalier.report.draw.Html.element;
import static org.espalier.report.draw.Html.tr;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.espalier.report.StudyTables.Table;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;

/** A table as a piece of a page, which can be moved sideways where it is too wide. */
final class TableDrawing {
    private static final int LONG = 30;

    private TableDrawing() {}

    static Html draw(Table table) {
        Element head = element("tr");
        for (int i = 0; i < table.head().size(); i++) {
            head.add(element("th", i <= table.words() ? "left" : "")
                    .attribute("scope", "col")
                    .add(table.head().get(i)));
        }
        List<Html> rows = new ArrayList<>();
        for (List<String> line : table.lines()) {
            Element row = tr(element("th").attribute("scope", "row").add(line.getFirst()));
            for (int i = 1; i < line.size(); i++) {
                String word = line.get(i);
                row.add(element("td", (i <= table.words() ? "left" : "") + (word.length() > LONG ? " long" : ""))
                        .add(word));
            }
            rows.add(row);
        }
        return wide(table.caption(), table("study", element("caption").add(table.caption()), List.of(head), rows));
    }

    /** A row of heads. */
    static Element heads(String style, String... names) {
        Element row = element("tr");
        Stream.of(names).forEach(name -> row.add(element("th", style).add(name)));
        return row;
    }

    /** Rows under heads. */
    static Element table(String style, Html caption, List<? extends Html> heads, List<? extends Html> rows) {
        return element("table", style)
                .add(caption, element("thead").add(heads), element("tbody").add(rows));
    }

    /** The same, in something that the keyboard can move sideways too. */
    static Element moved(String style, Html caption, List<? extends Html> heads, List<? extends Html> rows) {
        return element("div", "wide").attribute("tabindex", "0").add(table(style, caption, heads, rows));
    }

    /** Something wide, which the keyboard can move too. */
    static Html wide(String label, Html content) {
        return element("div", "wide")
                .attribute("tabindex", "0")
                .attribute("role", "region")
                .attribute("aria-label", label)
                .add(content);
    }
}
