package org.espalier.core;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Counts over the trees of an exploration, written as {@code summary.json}; recomputable from {@code trees.jsonl}.
 *
 * @param questions trees in all
 * @param outcomes questions by outcome, with the reason where there is no pair; they add up to {@code questions}
 * @param sampledTrunks questions whose trunk the model drew
 * @param referenceTrunks questions whose reference path was branched
 * @param trunkSteps steps of all trunks together
 * @param branchPoints steps at which branches were drawn
 * @param pairs steps with a favorable and an unfavorable branch: the paper's pairs
 * @param attempts paths drawn for trunks
 * @param correctAttempts of these, correct
 * @param branches branches drawn
 * @param correctBranches of these, correct
 * @param undecided attempts and branches that the verifier gave no verdict on
 * @param cutOff attempts and branches that their token budget ended
 * @param unsplit attempts and branches, finished, whose path has fewer than two steps
 * @param tokens drawn in all, where the sampler tells them
 */
public record ExploreSummary(
        int questions,
        SortedMap<String, Integer> outcomes,
        int sampledTrunks,
        int referenceTrunks,
        int trunkSteps,
        int branchPoints,
        int pairs,
        int attempts,
        int correctAttempts,
        int branches,
        int correctBranches,
        int undecided,
        int cutOff,
        int unsplit,
        long tokens) {
    /** Its name in the folder of an exploration. */
    public static final String NAME = "summary.json";

    public static final ExploreSummary NONE =
            new ExploreSummary(0, new TreeMap<>(), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    public ExploreSummary {
        outcomes = Collections.unmodifiableSortedMap(new TreeMap<>(outcomes));
    }

    /** Counts trees. */
    public static ExploreSummary of(List<PathTree> trees) {
        return trees.stream().map(ExploreSummary::of).reduce(NONE, ExploreSummary::plus);
    }

    /** Counts one tree. */
    public static ExploreSummary of(PathTree tree) {
        PathTree.Outcome outcome = tree.outcome();
        String label = outcome.kind().label() + (outcome.reason().isEmpty() ? "" : ": " + outcome.reason());
        List<PathTree.WholePath> paths = tree.paths();
        List<Branch> branches = tree.branches().stream()
                .filter(branch -> branch.sample() != Branch.TRUNK)
                .toList();
        Stream<Continuation> drawn = Stream.concat(
                tree.attempts().stream().map(PathTree.Attempt::path),
                branches.stream().map(Branch::continuation));
        boolean sampled =
                tree.trunk().filter(trunk -> trunk.sample().isPresent()).isPresent();
        return new ExploreSummary(
                1,
                new TreeMap<>(Map.of(label, 1)),
                sampled ? 1 : 0,
                tree.trunk().isPresent() && !sampled ? 1 : 0,
                tree.trunk().map(trunk -> trunk.steps().size()).orElse(0),
                (int) branches.stream().mapToInt(Branch::sharedSteps).distinct().count(),
                tree.pairs().size(),
                tree.attempts().size(),
                count(tree.attempts(), attempt -> attempt.verdict().correct()),
                branches.size(),
                count(branches, branch -> branch.verdict().correct()),
                count(paths, path -> !path.verdict().decided()),
                count(paths, path -> path.end() == Continuation.End.LENGTH),
                count(
                        paths,
                        path -> path.end() != Continuation.End.LENGTH
                                && path.steps().size() < 2),
                drawn.mapToLong(one -> one.tokens().size()).sum());
    }

    private static <T> int count(List<T> all, Predicate<T> which) {
        return (int) all.stream().filter(which).count();
    }

    /** Both together. */
    public ExploreSummary plus(ExploreSummary other) {
        SortedMap<String, Integer> all = new TreeMap<>(outcomes);
        other.outcomes.forEach((outcome, count) -> all.merge(outcome, count, Integer::sum));
        return new ExploreSummary(
                questions + other.questions,
                all,
                sampledTrunks + other.sampledTrunks,
                referenceTrunks + other.referenceTrunks,
                trunkSteps + other.trunkSteps,
                branchPoints + other.branchPoints,
                pairs + other.pairs,
                attempts + other.attempts,
                correctAttempts + other.correctAttempts,
                branches + other.branches,
                correctBranches + other.correctBranches,
                undecided + other.undecided,
                cutOff + other.cutOff,
                unsplit + other.unsplit,
                tokens + other.tokens);
    }

    /** Paths drawn in all. */
    public int paths() {
        return attempts + branches;
    }
}
