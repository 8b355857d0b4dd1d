package org.espalier.studio.review;

import static org.espalier.report.draw.Html.element;

import java.util.List;
import java.util.Optional;
import org.espalier.core.Risk;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;
import org.espalier.ssui.review.Counts;
import org.espalier.ssui.review.Mark;
import org.espalier.ssui.review.Page;
import org.espalier.ssui.review.Row;
import org.espalier.ssui.review.State;
import org.espalier.ssui.taxonomy.Category;
import org.espalier.studio.page.Frame;
import org.espalier.studio.web.Fields;

/** A page of the drafts that fit a filter, and the filter. */
record ListPage(Review review, Page page, Counts counts, List<String> reviewers, Fields filter) {
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
        reviewed.add(CategoryPicker.option(
                "", "anybody", filter.one(FilterFields.REVIEWER).isEmpty()));
        reviewers.forEach(name ->
                reviewed.add(CategoryPicker.option(name, name, name.equals(filter.one(FilterFields.REVIEWER)))));
        return element("form", "filters")
                .attribute("role", "search")
                .attribute("method", "get")
                .attribute("action", review.address(""))
                .add(
                        field("words", "Search", words),
                        field(
                                "state",
                                "State",
                                choice(FilterFields.STATE, List.of(State.values()), State::label, State::label)),
                        field(
                                "category",
                                "Category",
                                CategoryPicker.draw(
                                        review.taxonomy(), filter.one(FilterFields.CATEGORY), Optional.of("any"))),
                        field(
                                "risk",
                                "Risk",
                                choice(FilterFields.RISK, List.of(Risk.values()), Risk::label, Risk::label)),
                        field("reviewer", "Decided by", reviewed),
                        field(
                                "mark",
                                "Only",
                                choice(FilterFields.MARK, List.of(Mark.values()), Mark::label, Mark::words)),
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
        return said ? filter : filter.with(FilterFields.STATE, State.DRAFT.label());
    }

    private interface Say<T> {
        String of(T value);
    }

    private <T> Element choice(String name, List<T> values, Say<T> label, Say<T> words) {
        Element select = element("select").attribute("name", name);
        select.add(CategoryPicker.option("", "any", filter.one(name).isEmpty()));
        values.forEach(value -> select.add(CategoryPicker.option(
                label.of(value), words.of(value), label.of(value).equals(filter.one(name)))));
        return select;
    }

    private static Html field(String id, String words, Element control) {
        return element("div", "field")
                .add(element("label").attribute("for", id).add(words), control.attribute("id", id));
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

    private Html row(Row row) {
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
        return review.taxonomy().find(category).map(Category::name).orElse(category);
    }

    static Html state(State state) {
        String style = switch (state) {
            case DRAFT -> "chip";
            case ACCEPTED -> "chip good";
            case REJECTED -> "chip bad";
        };
        return element("span", style).add(state.label());
    }

    private Html pages() {
        Element nav = element("nav", "pages").attribute("aria-label", "Pages of the list");
        link(nav, 1, "First", "", page.number() > 1);
        link(nav, page.number() - 1, "Previous", "k", page.number() > 1);
        nav.add(element("form")
                .attribute("method", "get")
                .attribute("action", review.address(""))
                .add(hiddenFilter())
                .add(
                        element("label").attribute("for", "page").add("Page"),
                        element("input")
                                .attribute("id", "page")
                                .attribute("name", "page")
                                .attribute("inputmode", "numeric")
                                .attribute("size", "5")
                                .attribute("value", Integer.toString(page.number())),
                        element("span").add("of " + Frame.count(page.pages()))));
        link(nav, page.number() + 1, "Next", "j", page.number() < page.pages());
        link(nav, page.pages(), "Last", "", page.number() < page.pages());
        return page.pages() == 1 ? Html.nothing() : nav;
    }

    private Html hiddenFilter() {
        List<Html> fields = new java.util.ArrayList<>();
        filter.each((name, value) -> fields.add(Frame.hidden(name, value)));
        return Html.all(fields);
    }

    private void link(Element nav, int number, String words, String key, boolean there) {
        if (there) {
            Element link = element("a", "button")
                    .attribute(
                            "href",
                            review.address("")
                                    + filter.with("page", Integer.toString(number))
                                            .query())
                    .add(words);
            if (!key.isEmpty()) {
                link.attribute("data-key", key).add(Html.text(" "), Frame.key(key));
            }
            nav.add(link);
        }
    }
}
