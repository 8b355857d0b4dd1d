package org.espalier.ssui.taxonomy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.espalier.core.InputException;
import org.espalier.core.file.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads a taxonomy's file; finds everything that is wrong in one reading. */
final class TaxonomyReader {
    private static final int LEVELS = 3;
    private static final int SHOWN = 20;

    private final List<String> problems = new ArrayList<>();
    private final Map<String, String> placeOfId = new HashMap<>();

    private TaxonomyReader() {}

    static Taxonomy read(String place, String text, String sha256) {
        JsonNode root;
        try {
            root = Json.parse(text);
        } catch (JacksonException e) {
            throw new InputException(place + " " + Json.complaint(e), e);
        }
        TaxonomyReader reader = new TaxonomyReader();
        if (!root.isObject()) {
            throw new InputException(place + " is no taxonomy: write an object with \"name\" and \"categories\"");
        }
        String name = reader.words(root, "", "name");
        List<RiskCategory> primary = reader.categories(root, "", 1);
        if (!reader.problems.isEmpty()) {
            List<String> shown = reader.problems.subList(0, Math.min(SHOWN, reader.problems.size()));
            throw new InputException(place + " is no sound taxonomy: " + String.join("; ", shown)
                    + (shown.size() < reader.problems.size()
                            ? "; and " + (reader.problems.size() - shown.size()) + " more"
                            : ""));
        }
        return new Taxonomy(name, root.path("about").asString(""), primary, sha256);
    }

    private List<RiskCategory> categories(JsonNode node, String place, int level) {
        JsonNode list = node.path("categories");
        if (level > LEVELS) {
            if (!list.isMissingNode() && !list.isEmpty()) {
                problems.add(place + " has categories of a fourth level, a taxonomy has three");
            }
            return List.of();
        }
        if (!list.isArray() || list.isEmpty()) {
            problems.add((place.isEmpty() ? "it" : place) + " has no list \"categories\" of level " + level);
            return List.of();
        }
        List<RiskCategory> all = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            all.add(category(list.get(i), (place.isEmpty() ? "" : place + ".") + "categories[" + i + "]", level));
        }
        return all;
    }

    private RiskCategory category(JsonNode node, String place, int level) {
        String id = words(node, place, "id");
        if (!id.isEmpty() && !id.matches("[\\p{L}\\p{N}][\\p{L}\\p{N}._&/-]{0,119}")) {
            problems.add(place + ".id \"" + id + "\" holds more than letters, digits and . _ - & /, or is too long");
        }
        String before = id.isEmpty() ? null : placeOfId.putIfAbsent(id, place);
        if (before != null) {
            problems.add(place + ".id \"" + id + "\" is that of " + before + " already");
        }
        return new RiskCategory(
                id,
                words(node, place, "name"),
                node.path("description").asString(""),
                words(node, place, "source"),
                categories(node, place, level + 1));
    }

    private String words(JsonNode node, String place, String field) {
        String text =
                node.path(field).isString() ? node.path(field).stringValue().strip() : "";
        if (text.isEmpty()) {
            problems.add((place.isEmpty() ? "" : place + ".") + field + " is missing or no text");
        }
        return text;
    }
}
