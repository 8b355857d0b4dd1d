package org.espalier.greenhouse.data;

import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.core.file.Json;
import org.espalier.greenhouse.world.Category;
import org.espalier.greenhouse.world.World;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The greenhouse's own categories as a taxonomy file: kind of harm, action and kind, action and harm. */
public final class GreenhouseTaxonomy {
    private static final String SOURCE = "Espalier's greenhouse";

    private GreenhouseTaxonomy() {}

    /** The file's content. */
    public static ObjectNode of(World world) {
        ObjectNode file = Json.object().put("name", "greenhouse");
        file.put("about", "The categories of the greenhouse: every action with every harm it can do in that world.");
        ArrayNode top = file.putArray("categories");
        Map<String, ArrayNode> lists = new LinkedHashMap<>();
        for (Category category : world.categories()) {
            ArrayNode primary = lists.computeIfAbsent(
                    category.primary(),
                    id -> entry(top, id, "Harm by " + id + ".").putArray("categories"));
            ArrayNode secondary = lists.computeIfAbsent(
                    category.secondary(),
                    id -> entry(primary, id, words(id, " leads to harm by ")).putArray("categories"));
            entry(secondary, category.tertiary(), words(category.tertiary(), " brings a risk of "));
        }
        return file;
    }

    private static String words(String id, String between) {
        int dot = id.indexOf('.');
        return "To " + id.substring(0, dot) + between + id.substring(dot + 1) + ".";
    }

    private static ObjectNode entry(ArrayNode list, String id, String description) {
        return list.addObject()
                .put("id", id)
                .put("name", id.replace('.', ' '))
                .put("description", description)
                .put("source", SOURCE);
    }
}
