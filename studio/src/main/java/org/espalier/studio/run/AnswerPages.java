package org.espalier.studio.run;

import static org.espalier.report.draw.Html.element;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.espalier.report.answer.AnswerDrawing;
import org.espalier.report.answer.ShownAnswer;
import org.espalier.report.draw.EmbeddedPicture;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;
import org.espalier.report.run.RunInfo;
import org.espalier.studio.internal.page.Control;
import org.espalier.studio.internal.page.Frame;
import org.espalier.studio.internal.page.PageLinks;
import org.espalier.studio.internal.page.Table;
import org.espalier.studio.internal.web.FormFields;
import org.espalier.studio.run.AnswerFilter.Facet;

/** The answers of a benchmark: a list to search and filter, and each by itself with its verdict. */
record AnswerPages(RunPlace run, AnswerIndex index) {
    /** The field of an address that says which answer, from 1. */
    private static final String NUMBER = "number";

    private static final int SIZE = 50;
    private static final int LETTERS = 200;

    Html[] list(FormFields query) {
        FormFields kept = kept(query);
        int[] found = index.find(AnswerFilter.read(query));
        int pages = Math.max(1, Math.ceilDiv(found.length, SIZE));
        int page = Math.clamp(query.number(PageLinks.PAGE).orElse(1), 1, pages);
        Html table = found.length == 0
                ? element("p", "none").add(kept.query().isEmpty() ? "There is no answer yet." : "No answer fits.")
                : table(found, page, kept);
        return new Html[] {
            element("h1").add("Answers of " + run.name()),
            filters(query),
            table,
            new PageLinks(run.address("answers"), kept, page, pages).draw()
        };
    }

    private static FormFields kept(FormFields query) {
        return query.without(PageLinks.PAGE, NUMBER);
    }

    private Html table(int[] found, int page, FormFields kept) {
        return new Table(
                        "answers",
                        fit(found.length, index.size(), "answer"),
                        List.of("Question", "Answer", "Verdict"),
                        Arrays.stream(found)
                                .skip((page - 1L) * SIZE)
                                .limit(SIZE)
                                .mapToObj(place -> row(place, index.at(place), kept)))
                .draw();
    }

    /** How many of all there are, in words. */
    static String fit(int found, int all, String what) {
        return found == all
                ? Frame.count(all) + " " + what + (all == 1 ? "" : "s")
                : Frame.count(found) + " of " + Frame.count(all) + " " + what + "s";
    }

    private Html row(int place, ShownAnswer answer, FormFields kept) {
        return element("tr")
                .add(
                        question(answer, address(place, kept), LETTERS),
                        element("td", answer.answered() ? "words" : "words silent")
                                .add(AnswerDrawing.line(answer.text(), LETTERS)),
                        element("td", "findings").add(AnswerDrawing.chips(answer.verdict())));
    }

    /** A question that is in the picture alone has no words to be called by. */
    static Html question(ShownAnswer answer, String address, int letters) {
        String line = AnswerDrawing.line(answer.query(), letters);
        return element("td", "what")
                .add(
                        Control.link(address, line.isEmpty() ? answer.title() : line),
                        element("span", "id").add(facts(answer.title(), answer)));
    }

    /** What is known of a question, between other facts; those that are empty are none. */
    static String facts(String before, ShownAnswer answer, String... more) {
        return Stream.concat(
                        Stream.of(
                                before,
                                answer.cell(),
                                answer.kind(),
                                answer.split().orElse("")),
                        Stream.of(more))
                .filter(fact -> !fact.isEmpty())
                .collect(Collectors.joining(" · "));
    }

    private Html filters(FormFields query) {
        Element form = Control.filters(
                "filters answers",
                run.address("answers"),
                AnswerFilter.WORDS,
                "words of question, answer, reason",
                query);
        for (Facet facet : Facet.values()) {
            SortedMap<String, Integer> counted = index.counted(facet);
            choice(form, facet, facet == Facet.CATEGORY ? levels(counted) : counted, query);
        }
        return form.add(Control.go());
    }

    /** Every cell and every level above it, each with all that stands below. */
    private static SortedMap<String, Integer> levels(Map<String, Integer> cells) {
        SortedMap<String, Integer> levels = new TreeMap<>();
        cells.forEach((cell, count) -> {
            for (int at = cell.indexOf('/'); at > 0; at = cell.indexOf('/', at + 1)) {
                levels.merge(cell.substring(0, at), count, Integer::sum);
            }
            levels.merge(cell, count, Integer::sum);
        });
        return levels;
    }

    private static void choice(Element form, Facet facet, SortedMap<String, Integer> counts, FormFields query) {
        String chosen = query.one(facet.field());
        if (counts.size() < 2 && chosen.isEmpty()) {
            return;
        }
        if (!chosen.isEmpty()) {
            counts.putIfAbsent(chosen, 0);
        }
        form.add(Control.field(facet.field(), facet.title(), Control.counted(facet.field(), counts, query)));
    }

    Html[] one(FormFields query) {
        int place = query.number(NUMBER).orElse(0) - 1;
        ShownAnswer answer = index.at(place);
        FormFields kept = kept(query);
        int[] found = index.find(AnswerFilter.read(query));
        int at = Arrays.binarySearch(found, place);
        Element walk = element("nav", "walk").attribute("aria-label", "Neighbours");
        // An answer that does not fit the filter has neighbours all the same: those around its place.
        walk(walk, found, at < 0 ? -at - 2 : at - 1, "Previous", "k", kept);
        walk.add(Control.way(list(kept, Math.max(0, at < 0 ? -at - 1 : at)), "List", "l"));
        walk(walk, found, at < 0 ? -at - 1 : at + 1, "Next", "j", kept);
        return new Html[] {
            element("div", "heading").add(element("h1").add(answer.title()), walk),
            element("p", "facts").add(where(answer, place, found, at, kept)),
            element("article", "card one")
                    .add(
                            element("div", "question")
                                    .add(EmbeddedPicture.shown(
                                            RunInfo.read(run.folder()).pictures(), answer.image(), answer.title())),
                            element("div").add(element("p", "query").add(answer.query()), AnswerDrawing.whole(answer)))
        };
    }

    private String where(ShownAnswer answer, int place, int[] found, int at, FormFields kept) {
        String which = "answer " + Frame.count(place + 1) + " of " + Frame.count(index.size());
        String fits = kept.query().isEmpty()
                ? ""
                : at < 0
                        ? "does not fit the filter"
                        : Frame.count(at + 1) + " of " + Frame.count(found.length) + " that fit";
        return facts("", answer, which, fits);
    }

    private String list(FormFields kept, int at) {
        return run.address("answers")
                + kept.with(PageLinks.PAGE, Integer.toString(at / SIZE + 1)).query();
    }

    private String address(int place, FormFields kept) {
        return run.address("answer")
                + kept.with(NUMBER, Integer.toString(place + 1)).query();
    }

    private void walk(Element nav, int[] found, int at, String words, String key, FormFields kept) {
        if (at >= 0 && at < found.length) {
            nav.add(Control.way(address(found[at], kept), words, key));
        }
    }
}
