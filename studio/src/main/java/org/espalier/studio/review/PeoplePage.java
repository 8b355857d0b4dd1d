package org.espalier.studio.review;

import static org.espalier.report.draw.Html.element;

import java.util.List;
import java.util.Locale;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;
import org.espalier.ssui.review.DraftFlag;
import org.espalier.ssui.review.ReviewCounts;
import org.espalier.ssui.review.ReviewerAgreement;
import org.espalier.ssui.review.ReviewerTally;
import org.espalier.studio.internal.page.Frame;
import org.espalier.studio.internal.web.Fields;

/** What each reviewer did, and how far each two agree. */
record PeoplePage(Review review, List<ReviewerTally> tallies, List<ReviewerAgreement> agreements, ReviewCounts counts) {
    Html[] content() {
        return new Html[] {
            element("h1").add("People"), work(), element("h2").add("Agreement"), second(), agreement(),
        };
    }

    private Html work() {
        Element body = element("tbody");
        for (ReviewerTally tally : tallies) {
            body.add(element("tr")
                    .add(
                            element("th").attribute("scope", "row").add(tally.reviewer()),
                            number(tally.accepted()),
                            number(tally.rejected()),
                            number(tally.skipped()),
                            number(tally.revisions()),
                            element("td")
                                    .add(tally.last().map(HistoryView::time).orElse("not yet"))));
        }
        return table("Reviewers", body, "Reviewer", "Accepted", "Rejected", "Skipped", "Changes", "Last seen at work");
    }

    private Html second() {
        String to = review.address("next")
                + Fields.NONE
                        .with(FilterFields.MARK, DraftFlag.ONE_OPINION.label())
                        .query();
        String differ = review.address("")
                + Fields.NONE
                        .with(FilterFields.MARK, DraftFlag.DISPUTED.label())
                        .query();
        return element("p")
                .add(
                        Html.text(Frame.count(counts.severalOpinions())
                                + (counts.severalOpinions() == 1 ? " sample has" : " samples have")
                                + " two opinions or more; on "),
                        element("a")
                                .attribute("href", differ)
                                .add(Frame.count(counts.disputed()) + " of them they differ"),
                        Html.text(". You can "),
                        element("a").attribute("href", to).add("give second opinions"),
                        Html.text(": what others decided is shown once you have decided."));
    }

    private Html agreement() {
        if (agreements.isEmpty()) {
            return element("p", "none").add("No two people have decided on the same sample yet.");
        }
        Element body = element("tbody");
        for (ReviewerAgreement pair : agreements) {
            body.add(element("tr")
                    .add(
                            element("th").attribute("scope", "row").add(pair.first() + " and " + pair.second()),
                            number(pair.drafts()),
                            element("td").add(percent(pair.observed())),
                            element("td").add(element("b").add(decimal(pair.kappa()))),
                            number(pair.bothAccepted()),
                            number(pair.firstOnly()),
                            number(pair.secondOnly()),
                            number(pair.bothRejected())));
        }
        return table(
                "Cohen’s kappa",
                body,
                "Two reviewers",
                "Samples",
                "Agree",
                "Kappa",
                "Both accept",
                "First alone accepts",
                "Second alone accepts",
                "Both reject");
    }

    private static Html table(String caption, Element body, String... columns) {
        Element head = element("tr");
        for (String column : columns) {
            head.add(element("th").attribute("scope", "col").add(column));
        }
        return element("div", "wide")
                .attribute("tabindex", "0")
                .attribute("role", "region")
                .attribute("aria-label", caption)
                .add(element("table", "numbers")
                        .add(element("caption").add(caption), element("thead").add(head), body));
    }

    private static Html number(long value) {
        return element("td").add(Frame.count(value));
    }

    private static String percent(double share) {
        return Double.isNaN(share) ? "–" : String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    private static String decimal(double value) {
        return Double.isNaN(value)
                ? "–"
                : String.format(Locale.ROOT, "%.2f", value).replace('-', '−');
    }
}
