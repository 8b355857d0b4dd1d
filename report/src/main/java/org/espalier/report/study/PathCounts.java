package org.espalier.report.study;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.core.file.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Judged paths, one a question, by what they are.
 *
 * @param both safe and effective
 * @param firstWrongStep how many first go wrong at which step, from 1
 */
public record PathCounts(long judged, long safe, long effective, long both, SortedMap<Integer, Long> firstWrongStep) {
    public static final PathCounts NONE = new PathCounts(0, 0, 0, 0, new TreeMap<>());

    public PathCounts {
        firstWrongStep = Collections.unmodifiableSortedMap(new TreeMap<>(firstWrongStep));
    }

    /** Both together. */
    public PathCounts plus(PathCounts other) {
        SortedMap<Integer, Long> wrong = new TreeMap<>(firstWrongStep);
        other.firstWrongStep.forEach((step, count) -> wrong.merge(step, count, Long::sum));
        return new PathCounts(
                judged + other.judged, safe + other.safe, effective + other.effective, both + other.both, wrong);
    }

    /** Of these, those whose first step is right: it says what the picture shows. */
    public long rightFirstStep() {
        return judged - firstWrongStep.getOrDefault(1, 0L);
    }

    ObjectNode json() {
        return (ObjectNode) Json.tree(this);
    }

    static PathCounts read(JsonNode in) {
        SortedMap<Integer, Long> wrong = new TreeMap<>();
        in.required("first_wrong_step")
                .properties()
                .forEach(step -> wrong.put(
                        Integer.valueOf(step.getKey()), step.getValue().longValue()));
        return new PathCounts(
                in.required("judged").longValue(),
                in.required("safe").longValue(),
                in.required("effective").longValue(),
                in.required("both").longValue(),
                wrong);
    }
}
