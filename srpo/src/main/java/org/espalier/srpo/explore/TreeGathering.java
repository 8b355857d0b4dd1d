package org.espalier.srpo.explore;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.espalier.core.ExploreSummary;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Json;
import org.espalier.core.file.LineLog;
import org.espalier.core.file.TreeFile;
import org.espalier.core.work.GroupRunner;
import org.espalier.core.work.GroupTask;

/**
 * Writes the trees of questions into {@code trees.jsonl} of a folder, group by group, wherever they are grown, and
 * {@code summary.json} at the end. Where the file is there already, goes on after its last whole line; the result is the same
 * byte for byte.
 *
 * @param questions in the order of the data; groups are fixed by it
 * @param groupSize questions of a group
 */
public record TreeGathering(List<SsuiSample> questions, int groupSize, Path folder, Progress progress) {
    public TreeGathering {
        questions = List.copyOf(questions);
    }

    /**
     * Gathers what is not there yet.
     *
     * @param task gives the trees of a group as lines
     * @throws InputException if the file holds trees of other questions
     */
    public ExploreSummary run(GroupRunner runner, GroupTask task) {
        Path file = folder.resolve(TreeFile.NAME);
        ExploreSummary summary;
        try (LineLog log = LineLog.open(file)) {
            Gathered gathered = new Gathered(file, log, before(file));
            gathered.report(0);
            // A group cut short is grown again as a whole, so that its sampling calls are the same ones.
            int end = Math.ceilDiv(questions.size(), groupSize);
            runner.run(task, gathered.done == questions.size() ? end : gathered.done / groupSize, end, gathered);
            summary = gathered.summary;
        }
        AtomicFile.write(folder.resolve(ExploreSummary.NAME), Json.page(Json.tree(summary)));
        return summary;
    }

    /** Counts what an earlier run found. */
    private ExploreSummary before(Path file) {
        List<ExploreSummary> found = new ArrayList<>();
        TreeFile.each(file, tree -> {
            int at = found.size();
            if (at >= questions.size() || !questions.get(at).id().equals(tree.id())) {
                throw new InputException(file + ", line " + (at + 1) + ": the tree of question " + tree.id()
                        + " does not follow the order of the data; choose a new folder");
            }
            found.add(ExploreSummary.of(tree));
        });
        return found.stream().reduce(ExploreSummary.NONE, ExploreSummary::plus);
    }

    private final class Gathered implements GroupRunner.Taker {
        private final Path file;
        private final LineLog log;
        private ExploreSummary summary;
        private int done;

        Gathered(Path file, LineLog log, ExploreSummary before) {
            this.file = file;
            this.log = log;
            summary = before;
            done = before.questions();
        }

        @Override
        public void take(int group, List<String> lines) {
            List<String> fresh = lines.subList(done - group * groupSize, lines.size());
            log.append(fresh);
            summary = summary.plus(ExploreSummary.of(IntStream.range(0, fresh.size())
                    .mapToObj(i -> TreeFile.parse(file, done + i + 1L, fresh.get(i)))
                    .toList()));
            done += fresh.size();
            report(0);
        }

        @Override
        public void heard(int group, int drawn) {
            report(drawn);
        }

        private void report(int drawnInGroup) {
            progress.at(
                    "explore",
                    done,
                    questions.size(),
                    (summary.paths() + drawnInGroup) + " paths drawn, " + summary.pairs() + " pairs");
        }
    }
}
