package org.espalier.core.file;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.espalier.core.Branch;
import org.espalier.core.Cut;
import org.espalier.core.PathTree;

/**
 * Whether the parts of a tree agree with each other: a file that was edited, or put together by another program, may be
 * sound field by field and still say of a branch that it leaves the trunk where it does not. Training on it would
 * compare other texts than were drawn.
 */
record TreeConsistency(Fields line) {
    /** Where the trunk's steps stand on its text: starts and ends, in order. */
    private record Steps(int[] starts, int[] ends) {}

    void check(PathTree tree) {
        reference(tree.reference());
        for (int i = 0; i < tree.attempts().size(); i++) {
            PathTree.Attempt attempt = tree.attempts().get(i);
            String name = "attempts[" + i + "].";
            if (attempt.sample() != i) {
                line.wrong(name + "sample", "is " + attempt.sample() + " where attempt " + i + " is expected");
            }
            steps(name + "steps", attempt.path().text(), attempt.steps());
            tokens(name + "tokens", attempt.path().tokens());
        }
        tree.trunk().ifPresent(trunk -> trunk(tree, trunk));
        outcome(tree);
    }

    private void reference(List<String> steps) {
        if (steps.isEmpty()) {
            line.wrong("reference", "is empty: a reference path has at least one step");
        }
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).isBlank()) {
                line.wrong("reference[" + i + "]", "is empty");
            }
        }
    }

    private void trunk(PathTree tree, PathTree.Trunk trunk) {
        tokens("trunk.tokens", trunk.path().tokens());
        OptionalInt sample = trunk.sample();
        if (sample.isPresent()) {
            int number = sample.getAsInt();
            boolean drawn = tree.attempts().stream()
                    .anyMatch(attempt -> attempt.sample() == number
                            && attempt.verdict().correct()
                            && attempt.path().equals(trunk.path()));
            if (!drawn) {
                line.wrong("trunk.sample", "is " + number + ", but no attempt of that number is this path and correct");
            }
        }
        Optional<Steps> steps = steps("trunk.steps", trunk.path().text(), trunk.steps());
        Set<List<Integer>> draws = new HashSet<>();
        for (int i = 0; i < tree.branches().size(); i++) {
            Branch branch = tree.branches().get(i);
            String name = "branches[" + i + "].";
            tokens(name + "tokens", branch.continuation().tokens());
            if (branch.sample() < Branch.TRUNK || !draws.add(List.of(branch.sharedSteps(), branch.sample()))) {
                line.wrong(name + "sample", "is " + branch.sample() + " a second time, or below " + Branch.TRUNK);
            }
            if (steps.isPresent() && line.sound()) {
                branch(name, trunk, steps.get(), branch);
            }
        }
    }

    private void branch(String name, PathTree.Trunk trunk, Steps steps, Branch branch) {
        int shared = branch.sharedSteps();
        if (shared >= steps.starts().length) {
            line.wrong(name + "shared_steps", "is " + shared + ": the last step that can be branched is before that");
            return;
        }
        Cut cut = branch.cut();
        int from = shared == 0 ? 0 : steps.ends()[shared - 1];
        int to = shared == 0 ? 0 : steps.ends()[shared] - 1;
        if (cut.chars() < from || cut.chars() > to) {
            line.wrong(
                    name + "cut.chars",
                    "is " + cut.chars() + ", but " + shared + " shared steps end between " + from + " and " + to);
            return;
        }
        boolean known = !trunk.path().tokens().isEmpty();
        if (known && (cut.tokens() == 0) != (cut.chars() == 0)) {
            line.wrong(name + "cut.tokens", "is " + cut.tokens() + " where " + cut.chars() + " characters are shared");
        }
        String rest = trunk.path().text().substring(from, Math.max(from, cut.chars()))
                + branch.continuation().text();
        steps(name + "steps", rest, branch.steps());
    }

    /** Finds each step on the text, one after the other; a step that is not there becomes a problem. */
    private Optional<Steps> steps(String field, String text, List<String> steps) {
        int[] starts = new int[steps.size()];
        int[] ends = new int[steps.size()];
        int at = 0;
        for (int i = 0; i < steps.size(); i++) {
            int start = steps.get(i).isBlank() ? -1 : text.indexOf(steps.get(i), at);
            if (start < 0) {
                line.wrong(field + "[" + i + "]", "does not stand on the text after the steps before it");
                return Optional.empty();
            }
            starts[i] = start;
            at = start + steps.get(i).length();
            ends[i] = at;
        }
        return Optional.of(new Steps(starts, ends));
    }

    private void tokens(String field, List<Integer> tokens) {
        if (tokens.stream().anyMatch(id -> id < 0)) {
            line.wrong(field, "holds a number below 0");
        }
    }

    private void outcome(PathTree tree) {
        PathTree.Outcome.Kind kind = tree.trunk().isEmpty()
                ? PathTree.Outcome.Kind.NO_TRUNK
                : tree.pairs().isEmpty() ? PathTree.Outcome.Kind.NO_PAIR : PathTree.Outcome.Kind.PAIRED;
        if (tree.outcome().kind() != kind) {
            line.wrong(
                    "outcome",
                    "is \"" + tree.outcome().kind().label() + "\", but the branches make it \"" + kind.label() + "\"");
        }
    }
}
