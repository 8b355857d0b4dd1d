package org.espalier.report;

import java.util.ArrayList;
import java.util.List;
import org.espalier.report.draw.Html;

/** A titled part of the page; one to which nothing was added is left out. */
final class ReportSection {
    private final String id;
    private final String title;
    private final List<Html> content = new ArrayList<>();

    ReportSection(String id, String title) {
        this.id = id;
        this.title = title;
    }

    ReportSection add(Html piece) {
        content.add(piece);
        return this;
    }

    boolean isEmpty() {
        return content.isEmpty();
    }

    Html html() {
        return Html.element("section")
                .attribute("id", id)
                .add(Html.element("h2").add(title))
                .add(content);
    }

    Html link() {
        return Html.element("a").attribute("href", "#" + id).add(title);
    }
}
