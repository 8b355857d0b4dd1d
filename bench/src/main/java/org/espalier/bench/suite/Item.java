package org.espalier.bench.suite;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.core.Turn;

/**
 * One question as it is put to a model.
 *
 * @param id unique in its question set
 * @param unit what is scored as one: items of a unit stand together in the set
 * @param cell what the benchmark counts it under, levels parted by {@code /}
 * @param pictures shown before the prompt
 * @param image the first picture by its path below the data, for people; empty where there is none
 * @param query the question as the data have it
 * @param prompt what is sent: the benchmark's template with the query in it
 * @param facts what judge and scorer need to know of the question
 */
public record Item(
        String id,
        String unit,
        String cell,
        List<Path> pictures,
        String image,
        String query,
        String prompt,
        SortedMap<String, String> facts) {
    public Item {
        pictures = List.copyOf(pictures);
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }

    /** A question that is a unit of its own and is sent as it stands. */
    public static Item plain(String id, String cell, Path picture, String image, String query) {
        return new Item(id, id, cell, List.of(picture), image, query, query, new TreeMap<>());
    }

    /** The same, with one fact more. */
    public Item knowing(String fact, String value) {
        SortedMap<String, String> more = new TreeMap<>(facts);
        more.put(fact, value);
        return new Item(id, unit, cell, pictures, image, query, prompt, more);
    }

    /** The same as a part of a larger unit. */
    public Item in(String larger) {
        return new Item(id, larger, cell, pictures, image, query, prompt, facts);
    }

    /** The same with other words sent. */
    public Item asking(String words) {
        return new Item(id, unit, cell, pictures, image, query, words, facts);
    }

    /** The same under a number, where its id has been taken. */
    Item numbered(int times) {
        String name = id + "#" + times;
        return new Item(name, unit.equals(id) ? name : unit, cell, pictures, image, query, prompt, facts);
    }

    /** A fact that the loader put in; empty where it did not. */
    public String fact(String name) {
        return facts.getOrDefault(name, "");
    }

    public List<Turn> conversation() {
        return List.of(new Turn(Turn.Role.USER, pictures, prompt));
    }
}
