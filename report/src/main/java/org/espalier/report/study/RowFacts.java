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
     * @param questions that it passes over
     * @param epochs how often
     * @param settings those that the study's file gives over its recipe, with explorations', by name
     */
    public record StageFacts(
            String method, String from, int questions, int epochs, SortedMap<String, String> settings) {
        public StageFacts {
            settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
        }
    }

    public RowFacts {
        stages = List.copyOf(stages);
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /** Questions that are trained on, repeats counted, stage by stage: only rows that have this in common are compared as equals. */
    public List<Integer> schedule() {
        return stages.stream().map(stage -> stage.questions() * stage.epochs()).toList();
    }

    /** Whether another row is the beginning of this one. */
    boolean continues(RowFacts first) {
        int count = first.stages().size();
        return count > 0 && count < stages.size() && stages.subList(0, count).equals(first.stages());
    }

    /** The same in words. */
    public String scheduleWords() {
        String numbers =
                String.join(" and ", schedule().stream().map(String::valueOf).toList());
        return switch (stages.size()) {
            case 0 -> "none";
            case 1 -> "one stage of " + numbers + " questions, repeats counted";
            default -> stages.size() + " stages of " + numbers + " questions, repeats counted";
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
