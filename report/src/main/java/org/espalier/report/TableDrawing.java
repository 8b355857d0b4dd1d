package org.espalier.report;

import java.util.List;
import org.espalier.report.StudyTables.Table;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;

/** A table as a piece of a page, which can be moved sideways where it is too wide. */
final class TableDrawing {
    private static final int LONG = 30;

    private TableDrawing() {}

    static Html draw(Table table) {
        Element head = Html.element("tr");
        for (int i = 0; i < table.head().size(); i++) {
            head.add(Html.element("th", i <= table.words() ? "left" : "")
                    .attribute("scope", "col")
                    .add(table.head().get(i)));
        }
        Element body = Html.element("tbody");
        for (List<String> line : table.lines()) {
            Element row = Html.element("tr")
                    .add(Html.element("th").attribute("scope", "row").add(line.getFirst()));
            for (int i = 1; i < line.size(); i++) {
                String word = line.get(i);
                row.add(Html.element("td", (i <= table.words() ? "left" : "") + (word.length() > LONG ? " long" : ""))
                        .add(word));
            }
            body.add(row);
        }
        return wide(
                table.caption(),
                Html.element("table", "study")
                        .add(
                                Html.element("caption").add(table.caption()),
                                Html.element("thead").add(head),
                                body));
    }

    /** Something wide, which the keyboard can move too. */
    static Html wide(String label, Html content) {
        return Html.element("div", "wide")
                .attribute("tabindex", "0")
                .attribute("role", "region")
                .attribute("aria-label", label)
                .add(content);
    }
}
