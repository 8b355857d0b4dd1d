package org.espalier.studio.review;

import static org.espalier.report.draw.Html.element;

import java.util.Map;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;
import org.espalier.ssui.taxonomy.RiskCategory;
import org.espalier.studio.internal.page.Frame;
import org.espalier.studio.internal.web.Fields;

/** How many drafts each category has: the paper's rings, and the numbers. */
record CoveragePage(Review review, Map<String, Long> all, Map<String, Long> accepted) {
    Html[] content() {
        Element body = element("tbody");
        for (RiskCategory primary : review.taxonomy().primary()) {
            for (RiskCategory secondary : primary.categories()) {
                secondary.categories().forEach(each -> body.add(row(primary.name(), secondary.name(), each)));
            }
        }
        all.keySet().stream()
                .filter(id -> review.taxonomy().find(id).isEmpty())
                .forEach(id -> body.add(
                        row("not in this taxonomy", "", new RiskCategory(id, id, "", "", java.util.List.of()))));
        Element head = element("tr");
        for (String column : java.util.List.of("Category", "Within", "Drafts", "Accepted")) {
            head.add(element("th").attribute("scope", "col").add(column));
        }
        return new Html[] {
            element("h1").add("Coverage"),
            element("img", "rings")
                    .attribute("src", review.address("rings.svg"))
                    .attribute("alt", "The taxonomy as three rings, darker where more samples were accepted"),
            element("table", "numbers coverage")
                    .add(
                            element("caption").add("Samples by category"),
                            element("thead").add(head),
                            body)
        };
    }

    private Html row(String primary, String secondary, RiskCategory category) {
        String to = review.address("")
                + Fields.NONE.with(FilterFields.CATEGORY, category.id()).query();
        return element("tr")
                .add(
                        element("th")
                                .attribute("scope", "row")
                                .add(element("a").attribute("href", to).add(category.name())),
                        element("td", "left").add(primary + (secondary.isEmpty() ? "" : " › " + secondary)),
                        element("td").add(Frame.count(all.getOrDefault(category.id(), 0L))),
                        element("td").add(Frame.count(accepted.getOrDefault(category.id(), 0L))));
    }
}
