package org.espalier.report.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.core.ContrastivePair;
import org.espalier.core.PathTree;
import org.espalier.core.file.TreeFile;

/**
 * An exploration.
 *
 * @param outcomes how many questions came to what, and why
 * @param pairs contrastive pairs by the steps they share, one a step and question
 * @param paths drawn in all, attempts and branches
 * @param richest the tree with the most pairs, the first of them in the file
 */
public record ExploreRun(
        RunInfo info,
        int questions,
        SortedMap<String, Integer> outcomes,
        SortedMap<Integer, Integer> pairs,
        long paths,
        Optional<PathTree> richest) {

    static ExploreRun read(RunInfo info) {
        Tally tally = new Tally();
        Path file = info.folder().resolve(TreeFile.NAME);
        if (Files.exists(file)) {
            TreeFile.each(file, tally::take);
        }
        return new ExploreRun(info, tally.questions, tally.outcomes, tally.pairs, tally.paths, tally.richest);
    }

    /** All pairs of all questions. */
    public int allPairs() {
        return pairs.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static final class Tally {
        private final SortedMap<String, Integer> outcomes = new TreeMap<>();
        private final SortedMap<Integer, Integer> pairs = new TreeMap<>();
        private Optional<PathTree> richest = Optional.empty();
        private int most;
        private int questions;
        private long paths;

        void take(PathTree tree) {
            questions++;
            paths += tree.paths().size();
            String reason = tree.outcome().reason();
            outcomes.merge(tree.outcome().kind().label() + (reason.isEmpty() ? "" : ": " + reason), 1, Integer::sum);
            var found = tree.pairs();
            found.stream().map(ContrastivePair::sharedSteps).forEach(step -> pairs.merge(step, 1, Integer::sum));
            if (found.size() > most) {
                most = found.size();
                richest = Optional.of(tree);
            }
        }
    }
}
