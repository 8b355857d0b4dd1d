package org.espalier.studio.run;

import static org.espalier.report.draw.Html.element;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
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
import org.espalier.studio.internal.web.Refused;
import org.espalier.studio.internal.web.Request;
import org.espalier.studio.internal.web.Response;
import org.espalier.studio.run.AnswerPairs.Found;
import org.espalier.studio.run.AnswerPairs.Pair;
import org.espalier.studio.run.AnswerPairs.Standing;

/** Answers everything below {@code /compare/A/B}: the answers of two runs side by side, question by question. */
public final class ComparePages {
    private static final String NUMBER = "number";
    private static final String STANDING = "standing";
    private static final String CATEGORY = "category";
    private static final int SIZE = 50;
    private static final int LETTERS = 140;
    private static final int OFFERED = 400;

    /** A filter by a label of a pair. */
    private enum Side {
        CELL(CATEGORY, "Category", Pair::cell),
        ONE("a", "Verdict on A", Pair::ones),
        OTHER("b", "Verdict on B", Pair::others);

        private final String field;
        private final String title;
        private final Function<Pair, String> label;

        Side(String field, String title, Function<Pair, String> label) {
            this.field = field;
            this.title = title;
            this.label = label;
        }
    }

    private final AnswerIndex first;
    private final AnswerIndex second;
    private final RunPlace one;
    private final RunPlace other;
    private final AnswerPairs pairs;

    ComparePages(AnswerIndex first, AnswerIndex second, RunPlace one, RunPlace other) {
        this.first = first;
        this.second = second;
        this.one = one;
        this.other = other;
        this.pairs = new AnswerPairs(first, second);
    }

    /** Of two runs that are open. */
    public static ComparePages of(RunPages one, RunPages other) {
        return new ComparePages(one.index(), other.index(), one.place(), other.place());
    }

    /** Where two runs are compared. */
    static String address(RunPlace one, RunPlace other) {
        return "/compare/" + one.name() + "/" + other.name();
    }

    private String address() {
        return address(one, other);
    }

    public Response answer(Request request, Frame frame) {
        Fields query = request.query();
        Html[] content = query.has(NUMBER) ? one(query) : list(query);
        List<Frame.Link> links = List.of(
                new Frame.Link(address(), "A and B", true),
                new Frame.Link(one.address("answers"), "A: " + one.name(), false),
                new Frame.Link(other.address("answers"), "B: " + other.name(), false),
                new Frame.Link(address(other, one), "Swap", false));
        return Response.page(frame.page(request.session(), "Side by side", "run", links, content));
    }

    private static Fields kept(Fields query) {
        return query.without(PageLinks.PAGE, NUMBER);
    }

    private List<Pair> fitting(Found found, Fields query) {
        Optional<Standing> standing = Arrays.stream(Standing.values())
                .filter(one -> one.field().equals(query.one(STANDING)))
                .findFirst();
        String words = query.one(AnswerFilter.WORDS).strip();
        BitSet ones = words.isEmpty() ? new BitSet() : places(first, words);
        BitSet others = words.isEmpty() ? new BitSet() : places(second, words);
        return found.pairs().stream()
                .filter(pair -> standing.map(pair::stands).orElse(true))
                .filter(pair -> Arrays.stream(Side.values()).allMatch(side -> fits(side, pair, query)))
                .filter(pair -> words.isEmpty() || ones.get(pair.first()) || others.get(pair.second()))
                .toList();
    }

    private static BitSet places(AnswerIndex run, String words) {
        BitSet places = new BitSet();
        Arrays.stream(run.find(AnswerFilter.of(words))).forEach(places::set);
        return places;
    }

    private static boolean fits(Side side, Pair pair, Fields query) {
        String wanted = query.one(side.field);
        String label = side.label.apply(pair);
        return wanted.isEmpty() || wanted.equals(label) || (side == Side.CELL && label.startsWith(wanted + "/"));
    }

    Html[] list(Fields query) {
        Found found = pairs.found();
        List<Pair> fit = fitting(found, query);
        Fields kept = kept(query);
        int pages = Math.max(1, Math.ceilDiv(fit.size(), SIZE));
        int page = Math.clamp(query.number(PageLinks.PAGE).orElse(1), 1, pages);
        return new Html[] {
            element("h1").add("Side by side"),
            element("p", "facts").add(summary(found)),
            filters(found, query),
            fit.isEmpty()
                    ? element("p", "none")
                            .add(
                                    found.pairs().isEmpty()
                                            ? "The two runs have no question in common yet."
                                            : "No question fits.")
                    : table(fit, found.pairs().size(), page, kept),
            new PageLinks(address(), kept, page, pages).draw()
        };
    }

    private String summary(Found found) {
        List<String> parts = new ArrayList<>();
        parts.add("A is " + one.name() + ", B is " + other.name());
        parts.add(Frame.count(found.pairs().size()) + " answered by both");
        if (found.apart() > 0) {
            parts.add(Frame.count(found.apart()) + " by one alone");
        }
        found.standings().forEach((standing, count) -> parts.add(standing.title() + ": " + Frame.count(count)));
        return String.join(" · ", parts);
    }

    private Html table(List<Pair> fit, int all, int page, Fields kept) {
        Element head = element("tr");
        Stream.of("Question", "A", "B")
                .forEach(column ->
                        head.add(element("th").attribute("scope", "col").add(column)));
        Element body = element("tbody");
        fit.stream().skip((page - 1L) * SIZE).limit(SIZE).forEach(pair -> body.add(row(pair, kept)));
        String caption = fit.size() == all
                ? Frame.count(all) + (all == 1 ? " question" : " questions")
                : Frame.count(fit.size()) + " of " + Frame.count(all) + " questions";
        return element("table", "answers pairs")
                .add(element("caption").add(caption), element("thead").add(head), body);
    }

    private Html row(Pair pair, Fields kept) {
        ShownAnswer left = first.at(pair.first());
        ShownAnswer right = second.at(pair.second());
        String line = AnswerDrawing.line(left.query(), LETTERS);
        return element("tr")
                .add(
                        element("td", "what")
                                .add(
                                        element("a")
                                                .attribute("href", address(pair, kept))
                                                .add(line.isEmpty() ? left.title() : line),
                                        element("span", "id").add(facts(left, Stream.empty()))),
                        cell(left),
                        cell(right));
    }

    private static Html cell(ShownAnswer answer) {
        return element("td", answer.answered() ? "words" : "words silent")
                .add(
                        AnswerDrawing.chips(answer.verdict()),
                        Html.text(" " + AnswerDrawing.line(answer.text(), LETTERS)));
    }

    private static String facts(ShownAnswer answer, Stream<String> more) {
        return Stream.concat(
                        Stream.of(
                                answer.title(),
                                answer.cell(),
                                answer.kind(),
                                answer.split().orElse("")),
                        more)
                .filter(fact -> !fact.isEmpty())
                .collect(Collectors.joining(" · "));
    }

    private Html filters(Found found, Fields query) {
        Element words = element("input")
                .attribute("type", "search")
                .attribute("name", AnswerFilter.WORDS)
                .attribute("value", query.one(AnswerFilter.WORDS))
                .attribute("placeholder", "words of question, answers, reasons")
                .attribute("data-key", "/");
        Element standings = element("select").attribute("name", STANDING);
        String chosen = query.one(STANDING);
        standings.add(Control.option("", "all", chosen.isEmpty()));
        Map<Standing, Integer> counted = found.standings();
        for (Standing standing : Standing.values()) {
            if (counted.containsKey(standing) || standing.field().equals(chosen)) {
                standings.add(Control.option(
                        standing.field(),
                        standing.title() + " (" + Frame.count(counted.getOrDefault(standing, 0)) + ")",
                        standing.field().equals(chosen)));
            }
        }
        Element form = element("form", "filters answers")
                .attribute("role", "search")
                .attribute("method", "get")
                .attribute("action", address())
                .add(Control.field("words", "Search", words), Control.field(STANDING, "Which", standings));
        for (Side side : Side.values()) {
            form.add(choice(side, found, query.one(side.field)));
        }
        return form.add(element("div", "go")
                .add(element("button").attribute("type", "submit").add("Filter")));
    }

    private static Html choice(Side side, Found found, String chosen) {
        Element select =
                element("select").attribute("name", side.field).add(Control.option("", "any", chosen.isEmpty()));
        found.counted(side.label).entrySet().stream()
                .limit(OFFERED)
                .forEach(entry -> select.add(Control.option(
                        entry.getKey(),
                        entry.getKey() + " (" + Frame.count(entry.getValue()) + ")",
                        entry.getKey().equals(chosen))));
        return Control.field(side.field, side.title, select);
    }

    private String address(Pair pair, Fields kept) {
        return address() + kept.with(NUMBER, Integer.toString(pair.first() + 1)).query();
    }

    Html[] one(Fields query) {
        int place = query.number(NUMBER).orElse(0) - 1;
        Found found = pairs.found();
        Pair pair = AnswerPairs.at(found.pairs(), place).stream()
                .mapToObj(found.pairs()::get)
                .findFirst()
                .orElseThrow(() -> Refused.unknown("The two runs have no such question in common."));
        Fields kept = kept(query);
        List<Pair> fit = fitting(found, query);
        OptionalInt at = AnswerPairs.at(fit, place);
        ShownAnswer left = first.at(pair.first());
        ShownAnswer right = second.at(pair.second());
        String which = at.isPresent()
                ? Frame.count(at.getAsInt() + 1) + " of " + Frame.count(fit.size())
                        + (kept.query().isEmpty() ? "" : " that fit")
                : "does not fit the filter";
        return new Html[] {
            element("div", "heading").add(element("h1").add(left.title()), walk(fit, place, at, kept)),
            element("p", "facts").add(facts(left, Stream.of(which))),
            element("article", "card one pair")
                    .add(
                            element("div", "question")
                                    .add(
                                            EmbeddedPicture.shown(
                                                    RunInfo.read(one.folder()).pictures(), left.image(), left.title()),
                                            element("p", "query").add(left.query())),
                            side("A", one, left, pair.first()),
                            side("B", other, right, pair.second()))
        };
    }

    private static Html side(String letter, RunPlace run, ShownAnswer answer, int place) {
        return element("section")
                .attribute("aria-label", letter + ": " + run.name())
                .add(
                        element("h2")
                                .add(
                                        Html.text(letter + ": "),
                                        element("a")
                                                .attribute("href", run.address("answer") + "?number=" + (place + 1))
                                                .add(run.name())),
                        AnswerDrawing.whole(answer));
    }

    private Html walk(List<Pair> fit, int place, OptionalInt at, Fields kept) {
        Element walk = element("nav", "walk").attribute("aria-label", "Neighbours");
        List<Pair> before = fit.stream().filter(pair -> pair.first() < place).toList();
        if (!before.isEmpty()) {
            walk.add(PageLinks.way(address(before.getLast(), kept), "Previous", "k"));
        }
        int page = before.size() / SIZE + 1;
        walk.add(PageLinks.way(
                address() + kept.with(PageLinks.PAGE, Integer.toString(page)).query(), "List", "l"));
        int next = before.size() + (at.isPresent() ? 1 : 0);
        if (next < fit.size()) {
            walk.add(PageLinks.way(address(fit.get(next), kept), "Next", "j"));
        }
        return walk;
    }
}
