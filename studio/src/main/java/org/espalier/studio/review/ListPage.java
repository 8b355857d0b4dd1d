package org.espalier.studio.review;

import static org.espalier.report.draw.Html.element;

import java.util.List;
import java.util.Optional;
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
import org.espalier.studio.internal.web.Fields;

/** A page of the drafts that fit a filter, and the filter. */
record ListPage(Review review, DraftList page, ReviewCounts counts, List<String> reviewers, Fields filter) {
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
        Element words = element("input")
                .attribute("type", "search")
                .attribute("id", "words")
                .attribute("name", FilterFields.WORDS)
                .attribute("value", filter.one(FilterFields.WORDS))
                .attribute("placeholder", "words of query, steps, answer")
                .attribute("data-key", "/");
        Element reviewed = element("select").attribute("name", FilterFields.REVIEWER);
        reviewed.add(
                Control.option("", "anybody", filter.one(FilterFields.REVIEWER).isEmpty()));
        reviewers.forEach(
                name -> reviewed.add(Control.option(name, name, name.equals(filter.one(FilterFields.REVIEWER)))));
        return element("form", "filters")
                .attribute("role", "search")
                .attribute("method", "get")
                .attribute("action", review.address(""))
                .add(
                        Control.field("words", "Search", words),
                        Control.field(
                                "state",
                                "State",
                                choice(
                                        FilterFields.STATE,
                                        List.of(DraftState.values()),
                                        DraftState::label,
                                        DraftState::label)),
                        Control.field(
                                "category",
                                "Category",
                                CategoryPicker.draw(
                                        review.taxonomy(), filter.one(FilterFields.CATEGORY), Optional.of("any"))),
                        Control.field(
                                "risk",
                                "Risk",
                                choice(FilterFields.RISK, List.of(Risk.values()), Risk::label, Risk::label)),
                        Control.field("reviewer", "Decided by", reviewed),
                        Control.field(
                                "mark",
                                "Only",
                                choice(
                                        FilterFields.MARK,
                                        List.of(DraftFlag.values()),
                                        DraftFlag::label,
                                        DraftFlag::words)),
                        element("div", "go")
                                .add(
                                        element("button")
                                                .attribute("type", "submit")
                                                .add("Filter"),
                                        element("a", "button accept")
                                                .attribute(
                                                        "href",
                                                        review.address("next")
                                                                + undecided().query())
                                                .attribute("data-key", "a")
                                                .add(Html.text("Review these "), Frame.key("a"))));
    }

    /** Where nothing is said of states or opinions, nobody means those that are decided. */
    private Fields undecided() {
        boolean said =
                filter.has(FilterFields.STATE) || filter.has(FilterFields.MARK) || filter.has(FilterFields.REVIEWER);
        return said ? filter : filter.with(FilterFields.STATE, DraftState.DRAFT.label());
    }

    private interface Say<T> {
        String of(T value);
    }

    private <T> Element choice(String name, List<T> values, Say<T> label, Say<T> words) {
        Element select = element("select").attribute("name", name);
        select.add(Control.option("", "any", filter.one(name).isEmpty()));
        values.forEach(value -> select.add(
                Control.option(label.of(value), words.of(value), label.of(value).equals(filter.one(name)))));
        return select;
    }

    private Html table() {
        if (page.rows().isEmpty()) {
            return element("p", "none").add("Nothing fits this filter.");
        }
        Element head = element("tr");
        for (String name : List.of("Picture", "Sample", "Category", "State")) {
            head.add(element("th").attribute("scope", "col").add(name));
        }
        Element body = element("tbody");
        page.rows().forEach(row -> body.add(row(row)));
        return element("table", "drafts")
                .add(
                        element("caption")
                                .add(Frame.count(page.total()) + (page.total() == 1 ? " sample" : " samples")),
                        element("thead").add(head),
                        body);
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
                + Fields.NONE.with("id", row.id()).with("small", "1").query();
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
                                        element("a").attribute("href", to).add(query),
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
