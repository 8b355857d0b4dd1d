package org.espalier.bench.files;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows that could not be asked, counted by reason with the first few names of each. */
public final class Skips {
    private static final int NAMED = 3;

    private final Map<String, List<String>> names = new LinkedHashMap<>();

    public void add(String reason, String name) {
        names.computeIfAbsent(reason, _ -> new ArrayList<>()).add(name);
    }

    /** A sentence for each reason. */
    public List<String> notes() {
        return names.entrySet().stream()
                .map(skip -> skip.getValue().size() + " left out, " + skip.getKey() + ": "
                        + String.join(
                                ", ",
                                skip.getValue()
                                        .subList(
                                                0,
                                                Math.min(NAMED, skip.getValue().size())))
                        + (skip.getValue().size() > NAMED ? ", …" : ""))
                .toList();
    }

    public int count() {
        return names.values().stream().mapToInt(List::size).sum();
    }
}
