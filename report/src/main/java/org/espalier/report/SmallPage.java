package org.espalier.report;

import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;

/** The pages beside the report: one question, or the index of a run. */
final class SmallPage {
    /** Shows the rows whose words hold what is typed, and whose verdict and category are those chosen. */
    private static final Html.Script SEARCH = new Html.Script("""
        "use strict";
        const words = document.getElementById("words"), label = document.getElementById("label"),
          cell = document.getElementById("cell"), count = document.getElementById("count"),
          rows = Array.from(document.querySelectorAll("tbody tr"));
        const texts = rows.map(row => row.textContent.toLowerCase());
        function show() {
          const wanted = words.value.toLowerCase().split(" ").filter(word => word !== "");
          let shown = 0;
          rows.forEach((row, i) => {
            const fits = (label.value === "" || row.dataset.label === label.value)
              && (cell.value === "" || row.dataset.cell === cell.value)
              && wanted.every(word => texts[i].includes(word));
            row.hidden = !fits;
            if (fits) { shown++; }
          });
          count.textContent = shown + " of " + rows.length;
        }
        [words, label, cell].forEach(field => field.addEventListener("input", show));
        show();
        """);

    private SmallPage() {}

    /** The index of a run. */
    static String index(
            String title,
            String note,
            SortedMap<String, Integer> labels,
            SortedMap<String, Integer> cells,
            List<Html> rows) {
        Html controls = Html.element("p", "search")
                .add(
                        Html.element("input")
                                .attribute("id", "words")
                                .attribute("type", "search")
                                .attribute("placeholder", "search in questions and answers"),
                        choice("label", "every verdict", labels),
                        choice("cell", "every category", cells),
                        Html.element("span", "facts").attribute("id", "count"));
        Element head = Html.element("tr");
        List.of("question", "category", "verdict", "query", "answer")
                .forEach(name -> head.add(Html.element("th", "left").add(name)));
        return page(
                title,
                true,
                Html.element("h1").add(title),
                Html.element("p", "lead").add(note),
                controls,
                Html.element("div", "wide")
                        .add(Html.element("table", "index")
                                .add(
                                        Html.element("thead").add(head),
                                        Html.element("tbody").add(rows))),
                SEARCH);
    }

    private static Html choice(String id, String all, SortedMap<String, Integer> counts) {
        Element select = Html.element("select").attribute("id", id);
        select.add(Html.element("option").attribute("value", "").add(all));
        counts.forEach((name, count) ->
                select.add(Html.element("option").attribute("value", name).add(name + " (" + count + ")")));
        return select;
    }

    /**
     * The page of one question.
     *
     * @param number of the page, from 1
     * @param more whether another follows
     */
    static String question(QuestionPage page, String title, int number, boolean more) {
        Element ways = Html.element("nav");
        if (number > 1) {
            ways.add(link(String.format(Locale.ROOT, "%06d.html", number - 1), "previous"));
        }
        ways.add(link("index.html", "all questions"));
        if (more) {
            ways.add(link(String.format(Locale.ROOT, "%06d.html", number + 1), "next"));
        }
        Element picture = page.picture()
                .map(address -> Html.element("img")
                        .attribute("src", address)
                        .attribute("alt", "the picture of question " + page.id()))
                .orElseGet(() -> Html.element("div", "no-picture").add("the picture cannot be shown"));
        Element verdict = Html.element("p", "head");
        page.labels().forEach(label -> verdict.add(Html.element("span", "chip").add(label)));
        Element side = Html.element("div", "side").add(verdict);
        if (page.steps().isEmpty()) {
            side.add(Html.element("p", "step said").add(page.answer()));
        } else {
            Element steps = Html.element("ol", "steps");
            for (int i = 1; i <= page.steps().size(); i++) {
                Element step = Html.element(
                                "li", i == page.wrong() ? "wrong" : page.wrong() > 0 && i > page.wrong() ? "after" : "")
                        .add(page.steps().get(i - 1));
                steps.add(
                        i == page.wrong()
                                ? step.add(Html.element("span", "flag").add("✗ first wrong step"))
                                : step);
            }
            side.add(steps);
        }
        if (!page.reason().isBlank()) {
            side.add(Html.element("p", "why").add(page.reason()));
        }
        page.votes().forEach(vote -> side.add(Html.element("p", "facts").add(vote)));
        return page(
                page.id() + ", " + title,
                false,
                Html.element("h1").add(page.id()),
                Html.element("p", "facts").add(title + " · " + page.cell()),
                ways,
                Html.element("article", "card one")
                        .add(
                                Html.element("div", "question").add(picture),
                                Html.element("div")
                                        .add(Html.element("p", "query").add(page.query()), side)));
    }

    private static Html link(String to, String words) {
        return Html.element("a").attribute("href", to).add(words);
    }

    private static String page(String title, boolean searches, Html... content) {
        StringBuilder out = new StringBuilder("<!doctype html>\n");
        Html.element("html")
                .attribute("lang", "en")
                .add(
                        Page.head(title, searches ? "; script-src " + SEARCH.hash() : ""),
                        Html.element("body").add(Html.element("main").add(content)))
                .write(out);
        return out.append('\n').toString();
    }

    static String clip(String text, int letters) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= letters ? line : line.substring(0, letters) + "…";
    }
}
