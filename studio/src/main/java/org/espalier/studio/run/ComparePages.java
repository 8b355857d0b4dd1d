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
        FormFields query = request.query();
        Html[] content = query.has(NUMBER) ? one(query) : list(query);
        List<Frame.Link> links = List.of(
                new Frame.Link(address(), "A and B", true),
                new Frame.Link(one.address("answers"), "A: " + one.name(), false),
                new Frame.Link(other.address("answers"), "B: " + other.name(), false),
                new Frame.Link(address(other, one), "Swap", false));
        return Response.page(frame.page(request.session(), "Side by side", "run", links, content));
    }

    private static FormFields kept(FormFields query) {
        return query.without(PageLinks.PAGE, NUMBER);
    }

    private List<Pair> fitting(Found found, FormFields query) {
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

    private static boolean fits(Side side, Pair pair, FormFields query) {
        String wanted = query.one(side.field);
        String label = side.label.apply(pair);
        return wanted.isEmpty() || wanted.equals(label) || (side == Side.CELL && label.startsWith(wanted + "/"));
    }

    Html[] list(FormFields query) {
        Found found = pairs.found();
        List<Pair> fit = fitting(found, query);
        FormFields kept = kept(query);
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

    private Html table(List<Pair> fit, int all, int page, FormFields kept) {
        return new Table(
                        "answers pairs",
                        AnswerPages.fit(fit.size(), all, "question"),
                        List.of("Question", "A", "B"),
                        fit.stream().skip((page - 1L) * SIZE).limit(SIZE).map(pair -> row(pair, kept)))
                .draw();
    }

    private Html row(Pair pair, FormFields kept) {
        ShownAnswer left = first.at(pair.first());
        return element("tr")
                .add(
                        AnswerPages.question(left, address(pair, kept), LETTERS),
                        cell(left),
                        cell(second.at(pair.second())));
    }

    private static Html cell(ShownAnswer answer) {
        return element("td", answer.answered() ? "words" : "words silent")
                .add(
                        AnswerDrawing.chips(answer.verdict()),
                        Html.text(" " + AnswerDrawing.line(answer.text(), LETTERS)));
    }

    private Html filters(Found found, FormFields query) {
        Map<Standing, Integer> counted = found.standings();
        List<Standing> standings = Arrays.stream(Standing.values())
                .filter(one -> counted.containsKey(one) || one.field().equals(query.one(STANDING)))
                .toList();
        Element form = Control.filters(
                        "filters answers", address(), AnswerFilter.WORDS, "words of question, answers, reasons", query)
                .add(Control.field(
                        STANDING,
                        "Which",
                        Control.choice(
                                STANDING,
                                "all",
                                standings,
                                Standing::field,
                                one -> one.title() + " (" + Frame.count(counted.getOrDefault(one, 0)) + ")",
                                query)));
        for (Side side : Side.values()) {
            form.add(Control.field(
                    side.field, side.title, Control.counted(side.field, found.counted(side.label), query)));
        }
        return form.add(Control.go());
    }

    private String address(Pair pair, FormFields kept) {
        return address() + kept.with(NUMBER, Integer.toString(pair.first() + 1)).query();
    }

    Html[] one(FormFields query) {
        int place = query.number(NUMBER).orElse(0) - 1;
        Found found = pairs.found();
        Pair pair = AnswerPairs.at(found.pairs(), place).stream()
                .mapToObj(found.pairs()::get)
                .findFirst()
                .orElseThrow(() -> Refused.unknown("The two runs have no such question in common."));
        FormFields kept = kept(query);
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
            element("p", "facts").add(AnswerPages.facts(left.title(), left, which)),
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
                                        Control.link(run.address("answer") + "?number=" + (place + 1), run.name())),
                        AnswerDrawing.whole(answer));
    }

    private Html walk(List<Pair> fit, int place, OptionalInt at, FormFields kept) {
        Element walk = element("nav", "walk").attribute("aria-label", "Neighbours");
        List<Pair> before = fit.stream().filter(pair -> pair.first() < place).toList();
        if (!before.isEmpty()) {
            walk.add(Control.way(address(before.getLast(), kept), "Previous", "k"));
        }
        int page = before.size() / SIZE + 1;
        walk.add(Control.way(
                address() + kept.with(PageLinks.PAGE, Integer.toString(page)).query(), "List", "l"));
        int next = before.size() + (at.isPresent() ? 1 : 0);
        if (next < fit.size()) {
            walk.add(Control.way(address(fit.get(next), kept), "Next", "j"));
        }
        return walk;
    }
}
