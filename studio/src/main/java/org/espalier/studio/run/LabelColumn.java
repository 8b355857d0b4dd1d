package org.espalier.studio.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/** A label of each place of a list, out of few: four bytes a place. Not thread-safe. */
final class LabelColumn {
    private static final int NONE = -1;

    private final Map<String, Integer> codes = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final List<Integer> counts = new ArrayList<>();
    private int[] byPlace = new int[64];
    private int size;

    /** Labels a place, in place of what it was labelled before; places are labelled in order. */
    void put(int place, String label) {
        if (place == byPlace.length) {
            byPlace = Arrays.copyOf(byPlace, place * 2);
        }
        if (place == size) {
            byPlace[size++] = NONE;
        }
        int before = byPlace[place];
        int code = codes.computeIfAbsent(label, this::enter);
        byPlace[place] = code;
        counts.set(code, counts.get(code) + 1);
        if (before != NONE) {
            counts.set(before, counts.get(before) - 1);
        }
    }

    private int enter(String label) {
        names.add(label);
        counts.add(0);
        return names.size() - 1;
    }

    void clear() {
        codes.clear();
        names.clear();
        counts.clear();
        size = 0;
    }

    /** How many places each label has, without those that have none any more and without the empty one. */
    SortedMap<String, Integer> counted() {
        SortedMap<String, Integer> counted = new TreeMap<>();
        for (int code = 0; code < names.size(); code++) {
            if (counts.get(code) > 0 && !names.get(code).isEmpty()) {
                counted.put(names.get(code), counts.get(code));
            }
        }
        return counted;
    }

    /** Whether a place has a label that is wanted; what is wanted is asked once a label. */
    IntPredicate where(Predicate<String> wanted) {
        boolean[] fits = new boolean[names.size()];
        for (int code = 0; code < fits.length; code++) {
            fits[code] = wanted.test(names.get(code));
        }
        return place -> fits[byPlace[place]];
    }
}
