package org.espalier.studio.review;

import static org.espalier.report.draw.Html.element;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.espalier.report.draw.Html;
import org.espalier.ssui.taxonomy.RiskCategory;
import org.espalier.studio.internal.page.Control;
import org.espalier.studio.internal.page.Table;
import org.espalier.studio.internal.web.FormFields;

/** How many drafts each category has: the paper's rings, and the numbers. */
record CoveragePage(Review review, Map<String, Long> all, Map<String, Long> accepted) {
    Html[] content() {
        List<Html> rows = new ArrayList<>();
        review.taxonomy()
                .paths()
                .values()
                .forEach(path ->
                        rows.add(row(path.get(0).name() + " › " + path.get(1).name(), path.get(2))));
        all.keySet().stream()
                .filter(id -> review.taxonomy().find(id).isEmpty())
                .forEach(id -> rows.add(row("not in this taxonomy", new RiskCategory(id, id, "", "", List.of()))));
        return new Html[] {
            element("h1").add("Coverage"),
            element("img", "rings")
                    .attribute("src", review.address("rings.svg"))
                    .attribute("alt", "The taxonomy as three rings, darker where more samples were accepted"),
            new Table(
                            "numbers coverage",
                            "Samples by category",
                            List.of("Category", "Within", "Drafts", "Accepted"),
                            rows)
                    .draw()
        };
    }

    private Html row(String within, RiskCategory category) {
        String to = review.address("")
                + FormFields.NONE.with(FilterFields.CATEGORY, category.id()).query();
        return element("tr")
                .add(
                        Table.head(Control.link(to, category.name())),
                        element("td", "left").add(within),
                        Table.number(all.getOrDefault(category.id(), 0L)),
                        Table.number(accepted.getOrDefault(category.id(), 0L)));
    }
}
