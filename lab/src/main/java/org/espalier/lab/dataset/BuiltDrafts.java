package org.espalier.lab.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.espalier.core.file.Json;
import org.espalier.ssui.review.Drafts;
import org.espalier.ssui.review.Filter;
import org.espalier.store.Store;

/**
 * The drafts that a build left.
 *
 * @param words of each, by id
 */
record BuiltDrafts(Map<String, String> words) {
    BuiltDrafts {
        words = Map.copyOf(words);
    }

    /** Of a build on one machine. */
    static BuiltDrafts of(Path run) {
        try (Store store = Store.inFolder(run, List.of(Drafts.MIGRATIONS))) {
            return of(store);
        }
    }

    /** Of builds that shared a PostgreSQL database. */
    static BuiltDrafts of(String url) {
        try (Store store = Store.open(url, List.of(Drafts.MIGRATIONS))) {
            return of(store);
        }
    }

    private static BuiltDrafts of(Store store) {
        Map<String, String> words = new TreeMap<>();
        new Drafts(store)
                .each(
                        Filter.ALL,
                        draft -> words.put(
                                draft.original().id(),
                                Json.line(draft.original().json())));
        return new BuiltDrafts(words);
    }

    int size() {
        return words.size();
    }

    /** How many drafts are not equal in both, or in one of them alone. */
    int differing(BuiltDrafts other) {
        TreeSet<String> ids = new TreeSet<>(words.keySet());
        ids.addAll(other.words.keySet());
        return (int) ids.stream()
                .filter(id -> !Objects.equals(words.get(id), other.words.get(id)))
                .count();
    }
}
