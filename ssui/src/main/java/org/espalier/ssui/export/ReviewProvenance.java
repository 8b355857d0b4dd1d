package org.espalier.ssui.export;

import java.util.List;
import java.util.Optional;
import org.espalier.core.file.Json;
import org.espalier.ssui.pool.Safety;
import org.espalier.ssui.review.Event;
import org.espalier.ssui.review.FieldChange;
import org.espalier.ssui.review.Opinion;
import org.espalier.ssui.review.Reason;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What people did to a draft, as a dataset keeps it. */
final class ReviewProvenance {
    private ReviewProvenance() {}

    /** The history of a tag, agents' changes, followed by those of people: the same form, undone ones marked. */
    static ArrayNode history(JsonNode agents, List<Event> events) {
        ArrayNode history = Json.object().putArray("history");
        agents.forEach(history::add);
        for (Event event : events) {
            if (event instanceof Event.Revised revised) {
                history.add(entry(revised));
            }
        }
        return history;
    }

    private static ObjectNode entry(Event.Revised revised) {
        ObjectNode entry = Json.object()
                .put("person", revised.reviewer())
                .put("at", revised.at().toString())
                .put("number", revised.number());
        revised.undoes().ifPresent(number -> entry.put("undoes", number));
        if (revised.undone()) {
            entry.put("undone", true);
        }
        ArrayNode changes = entry.putArray("changes");
        for (FieldChange change : revised.changes()) {
            ObjectNode line = changes.addObject().put("field", change.field());
            line.set("before", change.from());
            line.set("after", change.to());
        }
        return entry;
    }

    /** The decisions that stand, each with why. */
    static ArrayNode decisions(List<Event> events) {
        ArrayNode decisions = Json.object().putArray("decisions");
        for (Event event : events) {
            if (event instanceof Event.Decided decided && decided.standing()) {
                decisions.add(decision(decided));
            }
        }
        return decisions;
    }

    private static ObjectNode decision(Event.Decided decided) {
        Opinion opinion = decided.opinion();
        ObjectNode line = Json.object()
                .put("person", decided.reviewer())
                .put("verdict", opinion.verdict().label())
                .put("at", decided.at().toString());
        ObjectNode ratings = line.putObject("ratings");
        opinion.ratings().keySet().stream()
                .sorted()
                .forEach(criterion ->
                        ratings.put(criterion.label(), opinion.ratings().get(criterion)));
        line.set(
                "reasons",
                Json.tree(opinion.reasons().stream().map(Reason::label).toList()));
        return line.put("note", opinion.note());
    }

    /** What people say of the picture alone: the last word, but one against it counts before those for it. */
    static Optional<Safety> looked(List<Event> events) {
        return events.stream()
                .filter(event -> event instanceof Event.Looked word && word.standing())
                .map(event -> new Safety(
                        ((Event.Looked) event).harmless() ? Safety.Verdict.SAFE : Safety.Verdict.UNSAFE,
                        "",
                        event.reviewer()))
                .reduce(ReviewProvenance::stricter);
    }

    static Safety stricter(Safety former, Safety latter) {
        return former.verdict() == Safety.Verdict.UNSAFE ? former : latter;
    }
}
