package org.espalier.ssui.records;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.espalier.core.file.Json;
import org.espalier.core.file.Shipped;

/** Ids of the taxonomy that ships for somebody else's categories, as far as the names agree. */
record CategoryMap(Map<String, String> ids) {
    private static final String FILE = "/org/espalier/ssui/records/categories.json";
    /** Where no name fits; the reviewer chooses. */
    private static final String OTHER = "public.other-public-safety.other-illegal-behavior";

    static CategoryMap of(RecordKind kind) {
        Map<String, String> ids = new HashMap<>();
        Json.parse(Shipped.text(CategoryMap.class, FILE))
                .path(kind.label())
                .properties()
                .forEach(
                        entry -> ids.put(plain(entry.getKey()), entry.getValue().asString()));
        return new CategoryMap(Map.copyOf(ids));
    }

    boolean knows(String category) {
        return ids.containsKey(plain(category));
    }

    String map(String category) {
        return ids.getOrDefault(plain(category), OTHER);
    }

    /** Spelling, case and signs aside. */
    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", " ").strip();
    }
}
