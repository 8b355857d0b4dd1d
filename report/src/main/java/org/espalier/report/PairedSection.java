package org.espalier.report;

import java.util.List;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;

/** Methods compared question by question. */
record PairedSection(List<PairedRow> rows) {
    ReportSection section() {
        ReportSection section = new ReportSection("paired", "Question by question");
        if (rows.isEmpty()) {
            return section;
        }
        section.add(Html.element("p")
                .add("Both methods answered the same questions, so how hard a question is cancels out: two methods"
                        + " whose own intervals overlap above may still differ here. The difference is"
                        + " in percentage points of " + rates(rows)
                        + ". A difference is called higher or lower only where its interval"
                        + " leaves out 0; p is the two-sided exact sign test on the questions where the two differ. Many"
                        + " pairs are looked at here at once and nothing is corrected for that."));
        Element head = Html.element("tr");
        for (String name : List.of("", "against", "on", "difference", "interval", "", "better · equal · worse", "p")) {
            head.add(Html.element("th").add(name));
        }
        Element body = Html.element("tbody");
        for (int i = 0; i < rows.size(); i++) {
            PairedRow row = rows.get(i);
            boolean next = i == 0
                    || !rows.get(i - 1).first().equals(row.first())
                    || !rows.get(i - 1).second().equals(row.second());
            body.add(row(row, next));
        }
        return section.add(Html.element("div", "wide")
                .attribute("tabindex", "0")
                .add(Html.element("table", "paired").add(Html.element("thead").add(head), body)));
    }

    /** What the rows are compared by. */
    static String rates(List<PairedRow> rows) {
        return ReportWording.list(rows.stream().map(PairedRow::rate).distinct().toList());
    }

    private static Html row(PairedRow row, boolean next) {
        var comparison = row.comparison();
        String verdict = row.verdict();
        String sign = switch (verdict) {
            case "higher" -> "▲ ";
            case "lower" -> "▼ ";
            default -> "";
        };
        return Html.element("tr", next ? "next" : "")
                .add(
                        Html.element("th").add(next ? row.first().label() : ""),
                        Html.element("td", "left").add(next ? row.second().label() : ""),
                        Html.element("td", "left")
                                .add(row.slice().risk().map(ReportWording::risk).orElse("all")),
                        Html.element("td").add(ReportWording.points(comparison.difference())),
                        Html.element("td").add(ReportWording.differences(comparison.interval())),
                        Html.element("td", "left verdict " + verdict.replace(' ', '-'))
                                .add(sign + verdict),
                        Html.element("td")
                                .add(comparison.signs().better() + " · " + comparison.ties() + " · "
                                        + comparison.signs().worse()),
                        Html.element("td")
                                .add(ReportWording.probability(
                                        comparison.signs().probability())));
    }
}
