package org.espalier.report.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.core.ContrastivePair;
import org.espalier.core.ExploreSummary;
import org.espalier.core.PathTree;
import org.espalier.core.file.TreeFile;

/**
 * An exploration.
 *
 * @param pairs contrastive pairs by the steps they share, one a step and question
 * @param richest the tree with the most pairs, the first of them in the file
 */
public record ExploreRun(
        RunInfo info, ExploreSummary summary, SortedMap<Integer, Integer> pairs, Optional<PathTree> richest) {

    static ExploreRun read(RunInfo info) {
        Tally tally = new Tally();
        Path file = info.folder().resolve(TreeFile.NAME);
        if (Files.exists(file)) {
            TreeFile.each(file, tally::take);
        }
        return new ExploreRun(info, tally.summary, tally.pairs, tally.richest);
    }

    private static final class Tally {
        private ExploreSummary summary = ExploreSummary.NONE;
        private final SortedMap<Integer, Integer> pairs = new TreeMap<>();
        private Optional<PathTree> richest = Optional.empty();
        private int most;

        void take(PathTree tree) {
            summary = summary.plus(ExploreSummary.of(tree));
            var found = tree.pairs();
            found.stream().map(ContrastivePair::sharedSteps).forEach(step -> pairs.merge(step, 1, Integer::sum));
            if (found.size() > most) {
                most = found.size();
                richest = Optional.of(tree);
            }
        }
    }
}
