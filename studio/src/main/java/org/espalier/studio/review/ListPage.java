package org.espalier.studio.review;

import static org.espalier.report.draw.Html.element;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.espalier.core.Labelled;
import org.espalier.core.Risk;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;
import org.espalier.ssui.review.DraftFlag;
import org.espalier.ssui.review.DraftList;
import org.espalier.ssui.review.DraftRow;
import org.espalier.ssui.review.DraftState;
import org.espalier.ssui.review.ReviewCounts;
import org.espalier.ssui.taxonomy.RiskCategory;
import org.espalier.studio.internal.page.Control;
import org.espalier.studio.internal.page.Frame;
import org.espalier.studio.internal.page.PageLinks;
import org.espalier.studio.internal.page.Table;
import org.espalier.studio.internal.web.FormFields;

/** A page of the drafts that fit a filter, and the filter. */
record ListPage(Review review, DraftList page, ReviewCounts counts, List<String> reviewers, FormFields filter) {
    private static final int SHOWN = 220;

    Html[] content() {
        return new Html[] {progress(), filters(), table(), pages()};
    }

    private Html progress() {
        return element("div", "overview")
                .add(
                        element("h1").add(review.name()),
                        element("p", "numbers")
                                .add(
                                        element("b").add(Frame.count(counts.decided())),
                                        Html.text(" of " + Frame.count(counts.total()) + " decided: "
                                                + Frame.count(counts.accepted()) + " accepted, "
                                                + Frame.count(counts.rejected()) + " rejected")),
                        Frame.progress(counts.accepted(), counts.rejected(), counts.total()));
    }

    private Html filters() {
        return Control.filters(
                        "filters", review.address(""), FilterFields.WORDS, "words of query, steps, answer", filter)
                .add(
                        Control.field(
                                "state", "State", choice(FilterFields.STATE, DraftState.class, DraftState::label)),
                        Control.field(
                                "category",
                                "Category",
                                CategoryPicker.draw(
                                        review.taxonomy(), filter.one(FilterFields.CATEGORY), Optional.of("any"))),
                        Control.field("risk", "Risk", choice(FilterFields.RISK, Risk.class, Risk::label)),
                        Control.field(
                                "reviewer",
                                "Decided by",
                                Control.choice(
                                        FilterFields.REVIEWER,
                                        "anybody",
                                        reviewers,
                                        name -> name,
                                        name -> name,
                                        filter)),
                        Control.field("mark", "Only", choice(FilterFields.MARK, DraftFlag.class, DraftFlag::words)),
                        Control.go()
                                .add(Control.way(
                                                review.address("next")
                                                        + undecided().query(),
                                                "Review these",
                                                "a")
                                        .attribute("class", "button accept")));
    }

    /** Where nothing is said of states or opinions, nobody means those that are decided. */
    private FormFields undecided() {
        boolean said =
                filter.has(FilterFields.STATE) || filter.has(FilterFields.MARK) || filter.has(FilterFields.REVIEWER);
        return said ? filter : filter.with(FilterFields.STATE, DraftState.DRAFT.label());
    }

    private <E extends Enum<E> & Labelled> Element choice(String name, Class<E> kind, Function<E, String> words) {
        return Control.choice(name, "any", List.of(kind.getEnumConstants()), Labelled::label, words, filter);
    }

    private Html table() {
        return page.rows().isEmpty()
                ? element("p", "none").add("Nothing fits this filter.")
                : new Table(
                                "drafts",
                                Frame.count(page.total()) + (page.total() == 1 ? " sample" : " samples"),
                                List.of("Picture", "Sample", "Category", "State"),
                                page.rows().stream().map(this::row))
                        .draw();
    }

    private Html row(DraftRow row) {
        String query = row.query().length() > SHOWN ? row.query().substring(0, SHOWN) + " …" : row.query();
        String to = review.address("draft") + filter.with("id", row.id()).query();
        Element marks = element("td", "marks").add(state(row.state()));
        if (row.disputed()) {
            marks.add(element("span", "chip bad").add("differ"));
        }
        if (row.opinions() > 1) {
            marks.add(element("span", "chip").add(row.opinions() + " opinions"));
        }
        if (row.revised()) {
            marks.add(element("span", "chip").add("revised"));
        }
        String small = review.address("picture")
                + FormFields.NONE.with("id", row.id()).with("small", "1").query();
        return element("tr")
                .add(
                        element("td", "thumb")
                                .add(element("img")
                                        .attribute("src", small)
                                        .attribute("alt", "")
                                        .attribute("loading", "lazy")
                                        .attribute("width", "96")
                                        .attribute("height", "72")),
                        element("td", "what")
                                .add(
                                        Control.link(to, query),
                                        element("span", "id").add(row.seq() + " · " + row.id())),
                        element("td", "category")
                                .add(name(row.category()) + (row.risk() == Risk.SAFE ? " · safe twin" : "")),
                        marks);
    }

    private String name(String category) {
        return review.taxonomy().find(category).map(RiskCategory::name).orElse(category);
    }

    static Html state(DraftState state) {
        String style = switch (state) {
            case DRAFT -> "chip";
            case ACCEPTED -> "chip good";
            case REJECTED -> "chip bad";
        };
        return element("span", style).add(state.label());
    }

    private Html pages() {
        return new PageLinks(review.address(""), filter, page.number(), page.pages()).draw();
    }
}
