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
import org.espalier.studio.internal.web.Fields;
import org.espalier.studio.run.AnswerFilter.Facet;

/** The answers of a benchmark: a list to search and filter, and each by itself with its verdict. */
final class AnswerPages {
    /** The field of an address that says which answer, from 1. */
    private static final String NUMBER = "number";

    private static final int SIZE = 50;
    private static final int LETTERS = 200;
    /** Values that are offered to filter by; others still filter when an address names them. */
    private static final int OFFERED = 400;

    private final RunPlace run;
    private final AnswerIndex index;

    AnswerPages(RunPlace run, AnswerIndex index) {
        this.run = run;
        this.index = index;
    }

    Html[] list(Fields query) {
        Fields kept = kept(query);
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

    private static Fields kept(Fields query) {
        return query.without(PageLinks.PAGE, NUMBER);
    }

    private Html table(int[] found, int page, Fields kept) {
        Element head = element("tr");
        for (String column : List.of("Question", "Answer", "Verdict")) {
            head.add(element("th").attribute("scope", "col").add(column));
        }
        Element body = element("tbody");
        Arrays.stream(found)
                .skip((page - 1L) * SIZE)
                .limit(SIZE)
                .forEach(place -> body.add(row(place, index.at(place), kept)));
        int all = index.size();
        String fit = found.length == all
                ? Frame.count(all) + (all == 1 ? " answer" : " answers")
                : Frame.count(found.length) + " of " + Frame.count(all) + " answers";
        return element("table", "answers")
                .add(element("caption").add(fit), element("thead").add(head), body);
    }

    private Html row(int place, ShownAnswer answer, Fields kept) {
        return element("tr")
                .add(
                        element("td", "what")
                                .add(
                                        element("a")
                                                .attribute("href", address(place, kept))
                                                .add(heading(answer)),
                                        element("span", "id").add(facts(answer))),
                        element("td", answer.answered() ? "words" : "words silent")
                                .add(AnswerDrawing.line(answer.text(), LETTERS)),
                        element("td", "findings").add(AnswerDrawing.chips(answer.verdict())));
    }

    /** A question that is in the picture alone has no words to be called by. */
    private static String heading(ShownAnswer answer) {
        String line = AnswerDrawing.line(answer.query(), LETTERS);
        return line.isEmpty() ? answer.title() : line;
    }

    private static String facts(ShownAnswer answer) {
        return Stream.of(
                        answer.title(),
                        answer.cell(),
                        answer.kind(),
                        answer.split().orElse(""))
                .filter(fact -> !fact.isEmpty())
                .collect(Collectors.joining(" · "));
    }

    private Html filters(Fields query) {
        Element words = element("input")
                .attribute("type", "search")
                .attribute("name", AnswerFilter.WORDS)
                .attribute("value", query.one(AnswerFilter.WORDS))
                .attribute("placeholder", "words of question, answer, reason")
                .attribute("data-key", "/");
        Element form = element("form", "filters answers")
                .attribute("role", "search")
                .attribute("method", "get")
                .attribute("action", run.address("answers"))
                .add(Control.field("words", "Search", words));
        for (Facet facet : Facet.values()) {
            SortedMap<String, Integer> counted = index.counted(facet);
            choice(form, facet, facet == Facet.CATEGORY ? levels(counted) : counted, query);
        }
        return form.add(element("div", "go")
                .add(element("button").attribute("type", "submit").add("Filter")));
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

    private static void choice(Element form, Facet facet, SortedMap<String, Integer> counts, Fields query) {
        String chosen = query.one(facet.field());
        if (counts.size() < 2 && chosen.isEmpty()) {
            return;
        }
        Element select =
                element("select").attribute("name", facet.field()).add(Control.option("", "any", chosen.isEmpty()));
        if (!chosen.isEmpty() && !counts.containsKey(chosen)) {
            select.add(Control.option(chosen, chosen + " (0)", true));
        }
        counts.entrySet().stream()
                .limit(OFFERED)
                .forEach(entry -> select.add(Control.option(
                        entry.getKey(),
                        entry.getKey() + " (" + Frame.count(entry.getValue()) + ")",
                        entry.getKey().equals(chosen))));
        form.add(Control.field(facet.field(), facet.title(), select));
    }

    Html[] one(Fields query) {
        int place = query.number(NUMBER).orElse(0) - 1;
        ShownAnswer answer = index.at(place);
        Fields kept = kept(query);
        int[] found = index.find(AnswerFilter.read(query));
        int at = Arrays.binarySearch(found, place);
        Element walk = element("nav", "walk").attribute("aria-label", "Neighbours");
        // An answer that does not fit the filter has neighbours all the same: those around its place.
        walk(walk, found, at < 0 ? -at - 2 : at - 1, "Previous", "k", kept);
        walk.add(PageLinks.way(list(kept, Math.max(0, at < 0 ? -at - 1 : at)), "List", "l"));
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

    private String where(ShownAnswer answer, int place, int[] found, int at, Fields kept) {
        String which = "answer " + Frame.count(place + 1) + " of " + Frame.count(index.size());
        String fits = kept.query().isEmpty()
                ? ""
                : at < 0
                        ? "does not fit the filter"
                        : Frame.count(at + 1) + " of " + Frame.count(found.length) + " that fit";
        return Stream.of(answer.cell(), answer.kind(), answer.split().orElse(""), which, fits)
                .filter(fact -> !fact.isEmpty())
                .collect(Collectors.joining(" · "));
    }

    private String list(Fields kept, int at) {
        return run.address("answers")
                + kept.with(PageLinks.PAGE, Integer.toString(at / SIZE + 1)).query();
    }

    private String address(int place, Fields kept) {
        return run.address("answer")
                + kept.with(NUMBER, Integer.toString(place + 1)).query();
    }

    private void walk(Element nav, int[] found, int at, String words, String key, Fields kept) {
        if (at >= 0 && at < found.length) {
            nav.add(PageLinks.way(address(found[at], kept), words, key));
        }
    }
}
