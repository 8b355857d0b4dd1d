package org.espalier.report.study;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a row of a study is.
 *
 * @param label what tables call it
 * @param about what it is, in a line
 * @param baseline whether others are compared with it
 * @param stages its trainings in order; none for the base model
 * @param values what was varied to get it, by name; empty for a row as the study's file has it
 * @param of the row of which it is a variant; its own label where it is none
 */
public record RowFacts(
        String label,
        String about,
        boolean baseline,
        List<StageFacts> stages,
        SortedMap<String, String> values,
        String of) {
    /**
     * One training.
     *
     * @param from what was explored for it: the base model, or the stage before
     * @param settings those that the study's file gives over its recipe, with explorations', by name
     */
    public record StageFacts(String method, String from, int epochs, SortedMap<String, String> settings) {
        public StageFacts {
            settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
        }
    }

    public RowFacts {
        stages = List.copyOf(stages);
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /** How often it passes over the questions, stage by stage: only rows that have this in common are compared as equals. */
    public List<Integer> schedule() {
        return stages.stream().map(StageFacts::epochs).toList();
    }

    /** The same in words. */
    public String scheduleWords() {
        return switch (stages.size()) {
            case 0 -> "none";
            case 1 -> "one stage of " + stages.getFirst().epochs() + " epochs";
            default ->
                stages.size() + " stages of "
                        + String.join(
                                " and ",
                                schedule().stream().map(String::valueOf).toList()) + " epochs";
        };
    }

    /** Its variation in words: {@code learning-rate 1e-3, epochs 3}. */
    public String variation() {
        return String.join(
                ", ",
                values.entrySet().stream()
                        .map(one -> one.getKey() + " " + one.getValue())
                        .toList());
    }
}
