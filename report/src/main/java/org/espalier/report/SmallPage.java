package org.espalier.report;

import static org.espalier.report.draw.Html.element;

import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import org.espalier.core.file.Shipped;
import org.espalier.report.answer.AnswerDrawing;
import org.espalier.report.answer.ShownAnswer;
import org.espalier.report.draw.EmbeddedPicture;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;
import org.espalier.report.run.RunPictures;

/** The pages beside the report: one question, or the index of a run. */
final class SmallPage {
    /** Shows the rows whose words hold what is typed, and whose verdict and category are those chosen. */
    private static final Html.Script SEARCH = new Html.Script(Shipped.text(SmallPage.class, "search.js"));

    private SmallPage() {}

    /** The index of a run. */
    static String index(
            String title,
            String note,
            SortedMap<String, Integer> labels,
            SortedMap<String, Integer> cells,
            List<Html> rows) {
        Html controls = element("p", "search")
                .add(
                        element("input")
                                .attribute("id", "words")
                                .attribute("type", "search")
                                .attribute("placeholder", "search in questions and answers"),
                        choice("label", "every verdict", labels),
                        choice("cell", "every category", cells),
                        element("span", "facts").attribute("id", "count"));
        Html head = TableDrawing.heads("left", "question", "category", "verdict", "query", "answer");
        return page(
                title,
                true,
                element("h1").add(title),
                Html.p("lead", note),
                controls,
                element("div", "wide").add(TableDrawing.table("index", Html.nothing(), List.of(head), rows)),
                SEARCH);
    }

    private static Html choice(String id, String all, SortedMap<String, Integer> counts) {
        Element select = element("select").attribute("id", id);
        select.add(element("option").attribute("value", "").add(all));
        counts.forEach((name, count) ->
                select.add(element("option").attribute("value", name).add(name + " (" + count + ")")));
        return select;
    }

    /** The name of the page of an answer by its number, from 1. */
    static String file(int number) {
        return String.format(Locale.ROOT, "%06d.html", number);
    }

    /**
     * The page of one answer.
     *
     * @param pictures of its run
     * @param number of the page, from 1
     * @param more whether another follows
     */
    static String question(ShownAnswer answer, String title, RunPictures pictures, int number, boolean more) {
        Element ways = element("nav");
        if (number > 1) {
            ways.add(link(file(number - 1), "previous"));
        }
        ways.add(link("index.html", "all questions"));
        if (more) {
            ways.add(link(file(number + 1), "next"));
        }
        return page(
                answer.title() + ", " + title,
                false,
                element("h1").add(answer.title()),
                Html.p("facts", title + " · " + answer.cell()),
                ways,
                element("article", "card one")
                        .add(
                                Html.div(
                                        "question",
                                        EmbeddedPicture.shown(
                                                pictures.folderOf(answer.image()), answer.image(), answer.title())),
                                Html.div(Html.p("query", answer.query()), AnswerDrawing.whole(answer))));
    }

    private static Html link(String to, String words) {
        return element("a").attribute("href", to).add(words);
    }

    private static String page(String title, boolean searches, Html... content) {
        String scripts = searches ? "; script-src " + SEARCH.hash() : "";
        return Page.whole(title, scripts, element("main").add(content));
    }
}
