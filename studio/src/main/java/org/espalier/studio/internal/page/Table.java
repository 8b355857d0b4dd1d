package org.espalier.studio.internal.page;

import static org.espalier.report.draw.Html.element;

import java.util.List;
import java.util.stream.Stream;
import org.espalier.report.draw.Html;

/**
 * A table.
 *
 * @param style of it
 * @param caption what it is, above it
 */
public record Table(String style, String caption, List<String> columns, List<Html> rows) {
    public Table(String style, String caption, List<String> columns, Stream<? extends Html> rows) {
        this(style, caption, columns, rows.<Html>map(row -> row).toList());
    }

    public Html draw() {
        Html head = element("tr")
                .add(columns.stream()
                        .map(column -> element("th").attribute("scope", "col").add(column))
                        .toList());
        return element("table", style)
                .add(
                        element("caption").add(caption),
                        element("thead").add(head),
                        element("tbody").add(rows));
    }

    /** The same where it may be wider than the screen: it moves by itself then. */
    public Html wide(String name) {
        return element("div", "wide")
                .attribute("tabindex", "0")
                .attribute("role", "region")
                .attribute("aria-label", name)
                .add(draw());
    }

    /** A cell that names its row. */
    public static Html head(Html words) {
        return element("th").attribute("scope", "row").add(words);
    }

    public static Html number(long value) {
        return element("td").add(Frame.count(value));
    }
}
