package org.espalier.report;

import static org.espalier.report.draw.Html.element;

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

    /** Adds a paragraph. */
    ReportSection say(String text) {
        return add(element("p").add(text));
    }

    boolean isEmpty() {
        return content.isEmpty();
    }

    Html html() {
        return element("section")
                .attribute("id", id)
                .add(element("h2").add(title))
                .add(content);
    }

    Html link() {
        return element("a").attribute("href", "#" + id).add(title);
    }
}
