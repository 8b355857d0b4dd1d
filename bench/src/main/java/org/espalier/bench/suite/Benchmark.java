package org.espalier.bench.suite;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.espalier.bench.judge.JudgePrompt;
import org.espalier.bench.judge.Mishap;
import org.espalier.core.Arbiter;

/** A benchmark: its files, its questions, its judge, its figures. */
public interface Benchmark {
    Card card();

    /** Names how it grades and counts, where a file of somebody's says so; empty where that is the program's. */
    default Optional<String> definition() {
        return Optional.empty();
    }

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

    /**
     * What an answer counts as by the published program if its judge's words hold no verdict; empty where it does not
     * count.
     */
    default Optional<String> unread(String category) {
        return Optional.empty();
    }

    /** Names of the texts that it asks and judges with. */
    default List<String> texts() {
        return judgePrompts().stream().map(prompt -> prompt.form().name()).toList();
    }

    /** Answers drawn for each item. */
    default int samples() {
        return 1;
    }

    /** Words put after each question where a chain of thought is asked for; empty where none ever is. */
    default Optional<String> chainOfThought() {
        return Optional.empty();
    }

    /** Agents that are asked before a question; empty where it is asked straight away. */
    default Optional<Preparation> preparation() {
        return Optional.empty();
    }

    /** The steps of an answer, at least one, where answers are paths; empty where they are judged as a whole. */
    default List<String> steps(String answer) {
        return List.of();
    }

    /** Every prompt that its judge may be asked with; none where rules decide everything. */
    List<JudgePrompt> judgePrompts();

    /** Calls of a judge that one answer to a question of a category needs, about; for forecasts. */
    default int callsPerAnswer(String category) {
        return judgePrompts().isEmpty() ? 0 : 1;
    }

    /** How an answer comes to its verdict. */
    Assessment assess(BenchmarkItem item, ModelAnswer answer);

    /**
     * What becomes of an answer that a filter of the provider's blocked: the published program's own rule where it has
     * one. Where it has none, it gets no verdict and is in no figure. It is counted apart in either case.
     *
     * @return never {@link Assessment.Pending}: there is nothing to show a judge
     */
    default Assessment blocked(BenchmarkItem item, String reason) {
        return new Assessment.Undecided(Mishap.BLOCKED, reason);
    }

    /** The verdict of several judges; empty where they are evenly split. */
    default Optional<AnswerVerdict> vote(List<AnswerVerdict> verdicts) {
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

    /** The label of what exact rules say of a path; empty where answers are no paths through SSUI samples. */
    default Optional<String> label(Arbiter.Judgement.Judged path) {
        return Optional.empty();
    }

    /** Whether a label is one of its rubric's. */
    default boolean knows(String category, String label) {
        return extremes(category).contains(label);
    }

    /** The step that a label says goes wrong first, from 1; empty where it names none. */
    default OptionalInt firstWrongStep(String label) {
        return OptionalInt.empty();
    }

    /**
     * Labels with which every figure takes its least and its greatest value, if answers of a category that have no verdict
     * are given them; none where no figure is of such answers.
     */
    List<String> extremes(String category);

    /** What a label of an answer says, for people. */
    default List<Finding> findings(String category, String label) {
        return List.of(Finding.neither(label));
    }

    /**
     * The single questions that a label answers, by name: what two judges are compared by. What different prompts ask
     * has different names, because agreement on several of them together says nothing of any.
     */
    default SortedMap<String, String> aspects(String category, String label) {
        return new TreeMap<>(Map.of("verdict", label));
    }

    /** Whether a rule of the benchmark's gives such an answer its verdict, so that no judge is asked. */
    default boolean ruled(String category, String answer) {
        return false;
    }

    /**
     * What a unit counts as: one outcome or several, of which each counts.
     *
     * @param verdicts of all of its answers, item by item, sample by sample
     * @return empty where too much of it has no verdict to be counted
     */
    default List<String> score(String category, List<Optional<AnswerVerdict>> verdicts) {
        return verdicts.stream()
                .flatMap(Optional::stream)
                .map(AnswerVerdict::label)
                .toList();
    }

    /** Its figures, headlines first, for the cells that were counted. */
    List<Measure> measures(SortedSet<String> cells);

    /** How its figures are to be read, in a sentence; empty where their titles say it. */
    default String reading() {
        return "";
    }

    /** Parts of the questions for which all figures are given too. */
    default List<Slice> slices(Collection<QuestionKind> kinds) {
        return List.of();
    }

    /**
     * How well an outcome is, from 0 to 1: what two runs are compared by, question by question. Where there are several
     * merits, each has the title of a figure.
     */
    SortedMap<String, Double> merits(String category, String outcome);

    /** One merit alone. */
    static SortedMap<String, Double> merit(double value) {
        return new TreeMap<>(Map.of("merit", value));
    }
}
