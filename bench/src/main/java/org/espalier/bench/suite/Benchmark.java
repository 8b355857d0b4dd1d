package org.espalier.bench.suite;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import org.espalier.bench.judge.JudgePrompt;

/** A benchmark: its files, its questions, its judge, its figures. */
public interface Benchmark {
    Card card();

    /** Its name on the command line. */
    default String name() {
        return card().name();
    }

    /**
     * Reads the files as published.
     *
     * @throws org.espalier.core.InputException if the folder is not this benchmark, or its rows cannot be understood
     */
    QuestionSet load(Path data);

    /** New tokens at most, as published; the protocol says so where another number is taken. */
    int maxTokens();

    /** Answers drawn for each item. */
    default int samples() {
        return 1;
    }

    /** Every prompt that its judge may be asked with; none where rules decide everything. */
    List<JudgePrompt> judgePrompts();

    /** Calls of a judge that one answer needs, about; for forecasts. */
    default int callsPerAnswer() {
        return 1;
    }

    /** How an answer comes to its verdict. */
    Trial trial(Item item, String answer);

    /** The verdict of several judges; empty where they are evenly split. */
    default Optional<Verdict> vote(List<Verdict> verdicts) {
        Map<String, Integer> votes = new TreeMap<>();
        verdicts.forEach(verdict -> votes.merge(verdict.label(), 1, Integer::sum));
        int most = votes.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        List<String> first = votes.entrySet().stream()
                .filter(vote -> vote.getValue() == most)
                .map(Map.Entry::getKey)
                .toList();
        return first.size() != 1
                ? Optional.empty()
                : verdicts.stream()
                        .filter(verdict -> verdict.label().equals(first.getFirst()))
                        .findFirst();
    }

    /** Whether a label is one of its rubric's: what imported verdicts are checked by. */
    boolean knows(Item item, String label);

    /** What a label of an answer says, for people. */
    default String words(String cell, String label) {
        return label;
    }

    /**
     * What a unit counts as.
     *
     * @param answers all of its answers, item by item, sample by sample
     * @return empty where too much of it has no verdict to be counted
     */
    default Optional<Scored> score(List<Judged> answers) {
        Judged only = answers.getFirst();
        return only.verdict().map(verdict -> new Scored(only.item().cell(), verdict.label()));
    }

    /** Its figures, headlines first, for the cells that were counted. */
    List<Measure> measures(SortedSet<String> cells);

    /** How well a unit went, from 0 to 1: what two runs are compared by, question by question. */
    double merit(Scored unit);
}
