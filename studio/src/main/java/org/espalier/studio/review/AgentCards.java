package org.espalier.studio.review;

import static org.espalier.report.draw.Html.element;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;
import org.espalier.ssui.review.Draft;
import tools.jackson.databind.JsonNode;

/** What the agents meant a draft to show, and what each said of it: that is what a reviewer judges. */
record AgentCards(Draft draft) {
    Html draw() {
        String scenario = draft.tag().path("scenario").asString("");
        JsonNode history = draft.tag().path("history");
        List<Html> cards = new ArrayList<>();
        for (JsonNode entry : history) {
            if (entry.has("agent")) {
                cards.add(card(entry));
            }
        }
        if (scenario.isBlank() && cards.isEmpty()) {
            return Html.nothing();
        }
        Element section = element("section", "agents")
                .attribute("aria-labelledby", "agents")
                .add(element("h2").attribute("id", "agents").add("What the agents meant and found"));
        if (!scenario.isBlank()) {
            section.add(element("p", "scenario").add(scenario));
        }
        return section.add(element("dl").add(cards));
    }

    private static Html card(JsonNode entry) {
        String changed = entry.path("changes")
                .valueStream()
                .map(change -> change.path("field").asString(""))
                .collect(Collectors.joining(", "));
        String said = entry.path("verdict").properties().stream()
                .filter(field -> !blank(field.getValue()))
                .map(AgentCards::words)
                .collect(Collectors.joining("; "));
        String model = entry.path("model").asString("");
        return Html.all(
                element("dt").add(entry.path("agent").asString("") + (model.isEmpty() ? "" : " (" + model + ")")),
                element("dd")
                        .add((changed.isEmpty() ? "Changed nothing" : "Wrote " + changed)
                                + (said.isEmpty() ? "." : ". Said " + said + ".")));
    }

    private static String words(Map.Entry<String, JsonNode> field) {
        JsonNode value = field.getValue();
        String text = value.isBoolean()
                ? (value.asBoolean() ? "yes" : "no")
                : value.isString() ? value.asString() : value.toString();
        return field.getKey() + ": " + text;
    }

    private static boolean blank(JsonNode value) {
        return value.isNull() || (value.isString() && value.asString().isBlank());
    }
}
