package org.espalier.studio.review;

import static org.espalier.report.draw.Html.element;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;
import org.espalier.ssui.review.Criterion;
import org.espalier.ssui.review.Event;
import org.espalier.ssui.review.FieldChange;
import org.espalier.ssui.review.Opinion;
import org.espalier.ssui.review.Reason;
import org.espalier.ssui.review.ReviewVerdict;
import tools.jackson.databind.JsonNode;

/**
 * Who did what to a draft, and when. What others decided is told to a reviewer only after they have decided themselves:
 * a second opinion is worth something if it is one's own.
 */
final class HistoryView {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final List<Event> events;
    private final String reviewer;
    private final boolean decided;

    HistoryView(List<Event> events, String reviewer) {
        this.events = events;
        this.reviewer = reviewer;
        this.decided = standing(events, reviewer).verdict() != ReviewVerdict.SKIPPED;
    }

    /** What a reviewer says now; skipped, and nothing else, where they have said nothing. */
    static Opinion standing(List<Event> events, String reviewer) {
        return last(events, reviewer)
                .filter(Event.Decided::standing)
                .map(Event.Decided::opinion)
                .orElse(Opinion.of(ReviewVerdict.SKIPPED));
    }

    /** What a reviewer said of words that somebody has changed since. */
    static Optional<Event.Decided> lapsed(List<Event> events, String reviewer) {
        return last(events, reviewer)
                .filter(said -> !said.standing() && said.opinion().verdict() != ReviewVerdict.SKIPPED);
    }

    private static Optional<Event.Decided> last(List<Event> events, String reviewer) {
        return events.stream()
                .filter(event -> event instanceof Event.Decided said
                        && !said.undone()
                        && said.reviewer().equals(reviewer))
                .map(event -> (Event.Decided) event)
                .reduce((former, latter) -> latter);
    }

    /** What a reviewer says of the picture alone. */
    static Optional<Boolean> harmless(List<Event> events, String reviewer) {
        return events.stream()
                .filter(event -> event instanceof Event.Looked word
                        && word.standing()
                        && word.reviewer().equals(reviewer))
                .map(event -> ((Event.Looked) event).harmless())
                .reduce((former, latter) -> latter);
    }

    static String time(Instant at) {
        return TIME.format(at);
    }

    /** Whether the reviewer may be told what others think. */
    boolean decided() {
        return decided;
    }

    Html html() {
        Element list = element("ol", "history");
        events.reversed().forEach(event -> list.add(item(event)));
        return events.isEmpty() ? element("p", "none").add("Nobody has touched this sample yet.") : list;
    }

    private Html item(Event event) {
        Element item = element("li", event.undone() ? "undone" : "");
        item.add(element("p", "when")
                .add(
                        element("b").add(event.reviewer()),
                        Html.text(" " + what(event) + since(event)),
                        Html.text(" "),
                        element("time")
                                .attribute("datetime", event.at().toString())
                                .add(time(event.at()))));
        if (event instanceof Event.Revised revised) {
            revised.changes().forEach(change -> item.add(change(change)));
        } else if (event instanceof Event.Decided said && open(said)) {
            String why = why(said.opinion());
            if (!why.isEmpty()) {
                item.add(element("p", "why").add(why));
            }
        }
        return item;
    }

    private String since(Event event) {
        if (event.undone()) {
            return ", taken back later";
        }
        boolean lapsed = event instanceof Event.Decided said
                && open(said)
                && lapsed(events, said.reviewer()).equals(Optional.of(said));
        return lapsed ? ", before the words were changed" : "";
    }

    private boolean open(Event said) {
        return decided || said.reviewer().equals(reviewer);
    }

    private String what(Event event) {
        return switch (event) {
            case Event.Revised revised
            when revised.undoes().isPresent() ->
                "took change " + revised.undoes().getAsInt() + " back";
            case Event.Revised revised -> "changed the words";
            case Event.Decided said when open(said) -> said.opinion().verdict().label();
            case Event.Decided said -> "decided; you see how once you have decided";
            case Event.Looked word
            when open(word) ->
                word.harmless() ? "found the picture harmless by itself" : "found the picture not harmless by itself";
            case Event.Looked word -> "said something of the picture; you see what once you have decided";
            case Event.Withdrew withdrew -> "took a word back";
        };
    }

    private static String why(Opinion opinion) {
        String reasons = opinion.reasons().stream().map(Reason::sentence).collect(Collectors.joining("; "));
        Map<Criterion, Integer> ratings = opinion.ratings();
        String rated = List.of(Criterion.values()).stream()
                .filter(ratings::containsKey)
                .map(criterion -> criterion.title().toLowerCase(Locale.ROOT) + " " + ratings.get(criterion))
                .collect(Collectors.joining(", "));
        return List.of(reasons, rated, opinion.note()).stream()
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining(" · "));
    }

    static Html change(FieldChange change) {
        return element("p", "change")
                .add(
                        element("span", "field").add(change.field()),
                        Html.text(" "),
                        WordDiff.of(text(change.from()), text(change.to())));
    }

    private static String text(JsonNode value) {
        return value.isArray()
                ? value.valueStream().map(JsonNode::asString).collect(Collectors.joining("\n"))
                : value.asString("");
    }
}
