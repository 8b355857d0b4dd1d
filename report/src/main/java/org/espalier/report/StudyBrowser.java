package org.espalier.report;

import static org.espalier.report.draw.Html.element;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.espalier.core.file.Shipped;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;

/** The answers of a study to search, filter and lay side by side; only those on view are drawn. */
record StudyBrowser(StudyAnswers answers) {
    static Html.Script script() {
        return new Html.Script(Shipped.text(StudyBrowser.class, "study.js"));
    }

    ReportSection section() {
        ReportSection section = new ReportSection("answers", "Question by question");
        if (answers.isEmpty()) {
            return section;
        }
        return section.say(answers.extent()
                        + " A question opens with its picture, the reference path and the paths of two rows.")
                .add(element("noscript")
                        .add(element("p")
                                .add("The list needs scripts, which this browser does not run. The answers stand in"
                                        + " answers.jsonl of the runs, too.")))
                .add(element("div", "browser")
                        .attribute("id", "browser")
                        .attribute("hidden", "hidden")
                        .add(
                                controls(),
                                element("p", "facts")
                                        .attribute("id", "by-count")
                                        .attribute("role", "status"),
                                element("ul", "asked").attribute("id", "by-list"),
                                pages()))
                .add(Html.data("answers-data", answers.json()))
                .add(script());
    }

    private Html controls() {
        List<String> wrong = new ArrayList<>(List.of("none"));
        IntStream.rangeClosed(1, answers.wrong()).forEach(step -> wrong.add("step " + step));
        return element("form", "filters")
                .attribute("id", "by-filters")
                .attribute("role", "search")
                .attribute("aria-label", "answers")
                .add(
                        labelled("words", "Words")
                                .add(element("input")
                                        .attribute("id", "by-words")
                                        .attribute("type", "search")
                                        .attribute("autocomplete", "off")),
                        choice("row", "Row", answers.rows()),
                        choice("risk", "Kind", List.of("unsafe", "safe twin")),
                        choice("split", "Part", answers.splits()),
                        choice("verdict", "Verdict", answers.verdicts()),
                        choice("wrong", "First wrong step", wrong),
                        choice("cell", "Cell", answers.cells()),
                        element("button").attribute("type", "reset").add("All answers"));
    }

    private static Element labelled(String id, String label) {
        return element("div", "field " + id)
                .add(element("label").attribute("for", "by-" + id).add(label));
    }

    /** Values are places in the list, from 0. */
    private static Html choice(String id, String label, List<String> names) {
        Element select = element("select").attribute("id", "by-" + id);
        select.add(element("option").attribute("value", "").add("any"));
        for (int i = 0; i < names.size(); i++) {
            select.add(element("option").attribute("value", Integer.toString(i)).add(names.get(i)));
        }
        return labelled(id, label).add(select);
    }

    private static Html pages() {
        return element("nav")
                .attribute("aria-label", "pages of answers")
                .add(
                        button("first", "First"),
                        button("back", "Previous"),
                        button("on", "Next"),
                        button("last", "Last"));
    }

    private static Html button(String id, String words) {
        return element("button")
                .attribute("type", "button")
                .attribute("id", "by-" + id)
                .add(words);
    }
}
