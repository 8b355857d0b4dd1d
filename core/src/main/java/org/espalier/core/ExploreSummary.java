package org.espalier.core;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

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
        int cutOff,
        int unsplit,
        long tokens) {
    /** Its name in the folder of an exploration. */
    public static final String NAME = "summary.json";

    /** Counts trees. */
    public static ExploreSummary of(Iterable<PathTree> trees) {
        Counter counter = new Counter();
        trees.forEach(counter::add);
        return counter.summary();
    }

    /** Paths drawn in all. */
    public int paths() {
        return attempts + branches;
    }

    /** Counts trees as they come. */
    public static final class Counter {
        private final Map<String, Integer> outcomes = new TreeMap<>();
        private int questions;
        private int sampledTrunks;
        private int referenceTrunks;
        private int trunkSteps;
        private int branchPoints;
        private int pairs;
        private int attempts;
        private int correctAttempts;
        private int branches;
        private int correctBranches;
        private int cutOff;
        private int unsplit;
        private long tokens;

        public void add(PathTree tree) {
            questions++;
            PathTree.Outcome outcome = tree.outcome();
            String label = outcome.kind().label();
            outcomes.merge(outcome.reason().isEmpty() ? label : label + ": " + outcome.reason(), 1, Integer::sum);
            tree.trunk().ifPresent(trunk -> {
                sampledTrunks += trunk.sample().isPresent() ? 1 : 0;
                referenceTrunks += trunk.sample().isPresent() ? 0 : 1;
                trunkSteps += trunk.steps().size();
            });
            for (PathTree.Attempt attempt : tree.attempts()) {
                attempts++;
                correctAttempts += attempt.verdict().correct() ? 1 : 0;
                count(attempt.path(), attempt.steps().size());
            }
            addBranches(tree.branches());
            pairs += tree.pairs().size();
        }

        private void addBranches(List<Branch> all) {
            Set<Integer> points = new HashSet<>();
            for (Branch branch : all) {
                if (branch.sample() == Branch.TRUNK) {
                    continue;
                }
                points.add(branch.sharedSteps());
                branches++;
                correctBranches += branch.verdict().correct() ? 1 : 0;
                count(
                        branch.continuation(),
                        branch.sharedSteps() + branch.steps().size());
            }
            branchPoints += points.size();
        }

        private void count(Continuation drawn, int steps) {
            boolean cut = drawn.end() == Continuation.End.LENGTH;
            cutOff += cut ? 1 : 0;
            unsplit += !cut && steps < 2 ? 1 : 0;
            tokens += drawn.tokens().size();
        }

        /** Paths so far. */
        public int drawn() {
            return attempts + branches;
        }

        /** Pairs so far. */
        public int pairs() {
            return pairs;
        }

        /** The counts so far. */
        public ExploreSummary summary() {
            return new ExploreSummary(
                    questions,
                    new TreeMap<>(outcomes),
                    sampledTrunks,
                    referenceTrunks,
                    trunkSteps,
                    branchPoints,
                    pairs,
                    attempts,
                    correctAttempts,
                    branches,
                    correctBranches,
                    cutOff,
                    unsplit,
                    tokens);
        }
    }
}
