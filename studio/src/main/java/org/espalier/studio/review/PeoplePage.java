package org.espalier.studio.review;

import static org.espalier.report.draw.Html.element;

import java.util.List;
import java.util.Locale;
import org.espalier.report.draw.Html;
import org.espalier.ssui.review.DraftFlag;
import org.espalier.ssui.review.ReviewCounts;
import org.espalier.ssui.review.ReviewerAgreement;
import org.espalier.ssui.review.ReviewerTally;
import org.espalier.studio.internal.page.Control;
import org.espalier.studio.internal.page.Frame;
import org.espalier.studio.internal.page.Table;
import org.espalier.studio.internal.web.FormFields;

/** What each reviewer did, and how far each two agree. */
record PeoplePage(Review review, List<ReviewerTally> tallies, List<ReviewerAgreement> agreements, ReviewCounts counts) {
    Html[] content() {
        return new Html[] {
            element("h1").add("People"), work(), element("h2").add("Agreement"), second(), agreement(),
        };
    }

    private Html work() {
        return new Table(
                        "numbers",
                        "Reviewers",
                        List.of("Reviewer", "Accepted", "Rejected", "Skipped", "Changes", "Last seen at work"),
                        tallies.stream().map(PeoplePage::row))
                .wide("Reviewers");
    }

    private static Html row(ReviewerTally tally) {
        return element("tr")
                .add(
                        Table.head(Html.text(tally.reviewer())),
                        Table.number(tally.accepted()),
                        Table.number(tally.rejected()),
                        Table.number(tally.skipped()),
                        Table.number(tally.revisions()),
                        element("td").add(tally.last().map(HistoryView::time).orElse("not yet")));
    }

    private Html second() {
        FormFields one = FormFields.NONE.with(FilterFields.MARK, DraftFlag.ONE_OPINION.label());
        FormFields differ = FormFields.NONE.with(FilterFields.MARK, DraftFlag.DISPUTED.label());
        return element("p")
                .add(
                        Html.text(Frame.count(counts.severalOpinions())
                                + (counts.severalOpinions() == 1 ? " sample has" : " samples have")
                                + " two opinions or more; on "),
                        Control.link(
                                review.address("") + differ.query(),
                                Frame.count(counts.disputed()) + " of them they differ"),
                        Html.text(". You can "),
                        Control.link(review.address("next") + one.query(), "give second opinions"),
                        Html.text(": what others decided is shown once you have decided."));
    }

    private Html agreement() {
        if (agreements.isEmpty()) {
            return element("p", "none").add("No two people have decided on the same sample yet.");
        }
        List<String> columns = List.of(
                "Two reviewers",
                "Samples",
                "Agree",
                "Kappa",
                "Both accept",
                "First alone accepts",
                "Second alone accepts",
                "Both reject");
        String caption = "Cohen’s kappa";
        return new Table("numbers", caption, columns, agreements.stream().map(PeoplePage::row)).wide(caption);
    }

    private static Html row(ReviewerAgreement pair) {
        return element("tr")
                .add(
                        Table.head(Html.text(pair.first() + " and " + pair.second())),
                        Table.number(pair.drafts()),
                        element("td").add(percent(pair.observed())),
                        element("td").add(element("b").add(decimal(pair.kappa()))),
                        Table.number(pair.bothAccepted()),
                        Table.number(pair.firstOnly()),
                        Table.number(pair.secondOnly()),
                        Table.number(pair.bothRejected()));
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
