package org.espalier.studio.review;

import static org.espalier.report.draw.Html.element;

import java.util.ArrayList;
import java.util.List;
import org.espalier.report.draw.Html;
import org.espalier.ssui.review.DraftText;

/** Where two wordings of a draft differ, field by field. */
final class Differences {
    private final List<Html> found = new ArrayList<>();

    private Differences() {}

    static List<Html> between(DraftText before, DraftText after) {
        Differences differences = new Differences();
        differences.field("query", before.query(), after.query());
        differences.field("steps", String.join("\n", before.steps()), String.join("\n", after.steps()));
        differences.field("answer", before.answer(), after.answer());
        differences.field("risk", before.risk().label(), after.risk().label());
        differences.field("category", before.category(), after.category());
        return List.copyOf(differences.found);
    }

    private void field(String name, String before, String after) {
        if (!before.equals(after)) {
            found.add(element("p", "change")
                    .add(element("span", "field").add(name), Html.text(" "), WordDiff.of(before, after)));
        }
    }
}
