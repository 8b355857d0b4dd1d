package org.espalier.core;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that exploration found for one question: a line of {@code trees.jsonl}.
 *
 * @param image as in the data file: below that file's folder
 * @param answer the ground truth A
 * @param risk of the question, where its data says so
 * @param demonstrations ids of the solved questions of D_c, in the order shown
 * @param demonstrationPictures whether their pictures were shown too
 * @param reference the steps of {@code τ*}
 * @param trunk the path that was branched; absent if none was found
 * @param attempts every path drawn for a trunk, by sample number; the last is the trunk where one succeeded
 * @param branches every branch drawn, by shared steps, then by sample number
 * @param outcome what came of it
 * @param origin what drew it
 */
public record PathTree(
        String id,
        String image,
        String query,
        String answer,
        Optional<Risk> risk,
        List<String> demonstrations,
        boolean demonstrationPictures,
        List<String> reference,
        Optional<Trunk> trunk,
        List<Attempt> attempts,
        List<Branch> branches,
        Outcome outcome,
        Origin origin) {

    public PathTree {
        demonstrations = List.copyOf(demonstrations);
        reference = List.copyOf(reference);
        attempts = List.copyOf(attempts);
        branches = List.copyOf(branches);
        if (trunk.isEmpty() && !branches.isEmpty()) {
            throw new IllegalArgumentException("question " + id + " has branches without a trunk");
        }
    }

    /**
     * The path that was branched.
     *
     * @param sample number of the attempt that became the trunk; empty where the reference path was branched
     * @param path its text, tokens and log-probabilities (none for a reference path)
     */
    public record Trunk(OptionalInt sample, Continuation path, List<String> steps) {
        public Trunk {
            steps = List.copyOf(steps);
        }
    }

    /** One path drawn from the start (Eq. 2). {@code steps} is empty where nothing was written. */
    public record Attempt(int sample, Continuation path, List<String> steps, Verifier.Verdict verdict) {
        public Attempt {
            steps = List.copyOf(steps);
        }
    }

    /** Kind of outcome, and the reason by which it is counted (empty where paired). */
    public record Outcome(Kind kind, String reason) {
        /** What came of a question. */
        public enum Kind implements Labelled {
            /** At least one contrastive pair. */
            PAIRED,
            /** No path to branch. */
            NO_TRUNK,
            /** A trunk, but no step with both a favorable and an unfavorable branch. */
            NO_PAIR
        }
    }

    /**
     * What drew the paths.
     *
     * @param model hash of the model's folder, or the name of one behind an endpoint
     * @param tokenizer hash of its tokenizer; token ids mean nothing under another; empty if unknown
     * @param adapter hash of the adapter; empty if none
     */
    public record Origin(String model, String tokenizer, String adapter, long seed, double temperature) {}

    /**
     * A path from its first word to its end.
     *
     * @param tokens empty if unknown
     * @param verdict F of the path
     */
    public record WholePath(
            String text, List<String> steps, List<Integer> tokens, Verifier.Verdict verdict, Continuation.End end) {
        public WholePath {
            steps = List.copyOf(steps);
            tokens = List.copyOf(tokens);
        }
    }

    /** The paper's pairs: at each step the first favorable with the first unfavorable branch, by sample number. */
    public List<ContrastivePair> pairs() {
        return pairs(1);
    }

    /**
     * Pairs at each step, by shared steps; within a step in the order of the favorable, then of the unfavorable
     * branch.
     *
     * @param perStep at most so many a step; {@link Integer#MAX_VALUE} for all
     */
    public List<ContrastivePair> pairs(int perStep) {
        List<ContrastivePair> pairs = new ArrayList<>();
        for (List<Branch> place : byStep()) {
            place.stream()
                    .filter(branch -> branch.verdict().correct())
                    .flatMap(favorable -> place.stream()
                            .filter(branch -> branch.verdict().incorrect())
                            .map(unfavorable -> new ContrastivePair(favorable, unfavorable)))
                    .limit(perStep)
                    .forEach(pairs::add);
        }
        return pairs;
    }

    private Collection<List<Branch>> byStep() {
        SortedMap<Integer, List<Branch>> byStep = new TreeMap<>();
        branches.forEach(branch -> byStep.computeIfAbsent(branch.sharedSteps(), s -> new ArrayList<>())
                .add(branch));
        return byStep.values();
    }

    /**
     * Every path that was drawn, each whole: the attempts, then the branches behind their part of the trunk. The
     * trunk's own continuation ({@link Branch#TRUNK}) is not counted twice.
     */
    public List<WholePath> paths() {
        List<WholePath> paths = new ArrayList<>();
        for (Attempt attempt : attempts) {
            Continuation path = attempt.path();
            paths.add(new WholePath(path.text(), attempt.steps(), path.tokens(), attempt.verdict(), path.end()));
        }
        for (Branch branch : branches) {
            if (branch.sample() != Branch.TRUNK) {
                paths.add(whole(branch));
            }
        }
        return paths;
    }

    /** A branch behind the part of the trunk that it shares. */
    public WholePath whole(Branch branch) {
        Trunk from = trunk.orElseThrow();
        Cut cut = branch.cut();
        List<String> steps = new ArrayList<>(from.steps().subList(0, branch.sharedSteps()));
        steps.addAll(branch.steps());
        List<Integer> tokens = new ArrayList<>();
        if (cut.chars() == 0 || !from.path().tokens().isEmpty()) {
            tokens.addAll(from.path().tokens().subList(0, cut.tokens()));
            tokens.addAll(branch.continuation().tokens());
        }
        return new WholePath(
                from.path().text().substring(0, cut.chars())
                        + branch.continuation().text(),
                steps,
                tokens,
                branch.verdict(),
                branch.continuation().end());
    }
}
