package org.espalier.srpo.explore;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.espalier.core.Continuation;
import org.espalier.core.ExploreSummary;
import org.espalier.core.InputException;
import org.espalier.core.PathTree;
import org.espalier.core.Progress;
import org.espalier.core.Sampler;
import org.espalier.core.Sampling;
import org.espalier.core.SsuiSample;
import org.espalier.core.Verifier;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Json;
import org.espalier.core.file.LineLog;
import org.espalier.core.file.TreeFile;

/**
 * Explores questions (Eq. 1-4). Many questions and all their steps share each sampling call; what is found is what
 * drawing one path after the other would find.
 */
public final class Explorer {
    private final Sampler sampler;
    private final PathReader reader;
    private final ExploreSettings settings;
    private final DemonstrationPool pool;
    private final PathTree.Origin origin;
    private final Sampling sampling;

    /**
     * @param pool where D_c is chosen from
     * @param origin what draws: its seed names the random numbers, its temperature is that of the settings
     */
    public Explorer(
            Sampler sampler,
            Verifier verifier,
            ExploreSettings settings,
            DemonstrationPool pool,
            PathTree.Origin origin) {
        if (origin.temperature() != settings.temperature()) {
            throw new IllegalArgumentException("the origin says temperature " + origin.temperature()
                    + ", the settings say " + settings.temperature());
        }
        this.sampler = sampler;
        this.reader = new PathReader(verifier, settings.steps());
        this.settings = settings;
        this.pool = pool;
        this.origin = origin;
        this.sampling = Sampling.at(settings.temperature(), settings.maxTokens(), origin.seed());
    }

    /**
     * Explores questions into {@code trees.jsonl} of a folder, group by group, and writes {@code summary.json} at the
     * end. Where the file is there already, resumes after its last whole line; the result is the same byte for byte.
     *
     * @param questions in the order of the data; groups are fixed by it
     * @throws InputException if the file holds trees of other questions
     */
    public ExploreSummary explore(List<SsuiSample> questions, Path folder, Progress progress) {
        Path file = folder.resolve(TreeFile.NAME);
        ExploreSummary summary;
        try (LineLog log = LineLog.open(file)) {
            summary = before(file, questions);
            int done = summary.questions();
            report(progress, done, questions.size(), summary, 0);
            int size = settings.groupSize();
            // A group cut short is grown again as a whole, so that its sampling calls are the same ones.
            for (int start = done - done % size; start < questions.size(); start += size) {
                List<SsuiSample> group = questions.subList(start, Math.min(questions.size(), start + size));
                int finished = Math.max(start, done);
                ExploreSummary soFar = summary;
                List<PathTree> trees = grow(group, drawn -> report(progress, finished, questions.size(), soFar, drawn));
                List<PathTree> fresh = trees.subList(finished - start, trees.size());
                log.append(fresh.stream().map(TreeFile::line).toList());
                summary = summary.plus(ExploreSummary.of(fresh));
                report(progress, start + group.size(), questions.size(), summary, 0);
            }
        }
        AtomicFile.write(folder.resolve(ExploreSummary.NAME), Json.page(Json.tree(summary)));
        return summary;
    }

    /** Counts what an earlier run found. */
    private static ExploreSummary before(Path file, List<SsuiSample> questions) {
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

    private static void report(Progress progress, int done, int total, ExploreSummary summary, int drawnInGroup) {
        progress.at(
                "explore",
                done,
                total,
                (summary.paths() + drawnInGroup) + " paths drawn, " + summary.pairs() + " pairs");
    }

    /** Grows the trees of one group of questions. */
    public List<PathTree> grow(List<SsuiSample> group) {
        return grow(group, drawn -> {});
    }

    /** Hears after each sampling call how many paths of the group have been drawn. */
    private interface Drawn {
        void paths(int count);
    }

    private List<PathTree> grow(List<SsuiSample> group, Drawn heard) {
        List<TreeGrowth> growths = group.stream()
                .map(question -> new TreeGrowth(
                        question,
                        pool.choose(question, settings.examples(), settings.examplesWithPictures(), origin.seed()),
                        settings,
                        reader,
                        sampler))
                .toList();
        int drawn = growTrunks(growths, heard);
        growths.forEach(TreeGrowth::plant);
        growBranches(growths, heard, drawn);
        return growths.stream().map(growth -> growth.tree(origin)).toList();
    }

    private int growTrunks(List<TreeGrowth> growths, Drawn heard) {
        int drawn = 0;
        while (true) {
            List<TreeGrowth> seeking =
                    growths.stream().filter(TreeGrowth::seeksTrunk).toList();
            if (seeking.isEmpty()) {
                return drawn;
            }
            List<Sampler.Request> requests =
                    seeking.stream().map(TreeGrowth::attempts).toList();
            List<List<Continuation>> paths = sampler.sample(requests, sampling);
            for (int i = 0; i < seeking.size(); i++) {
                seeking.get(i).takeAttempts(paths.get(i));
                drawn += paths.get(i).size();
            }
            verify(seeking);
            heard.paths(drawn);
        }
    }

    /** Verifies what was drawn, that of all questions together. */
    private void verify(List<TreeGrowth> growths) {
        while (true) {
            List<PathReader.Waiting> next = growths.stream()
                    .flatMap(growth -> growth.unverified().stream())
                    .toList();
            if (next.isEmpty()) {
                return;
            }
            reader.verify(next);
        }
    }

    private void growBranches(List<TreeGrowth> growths, Drawn heard, int before) {
        int drawn = before;
        while (true) {
            List<TreeGrowth> growing = growths.stream()
                    .filter(growth -> !growth.openPoints().isEmpty())
                    .toList();
            if (growing.isEmpty()) {
                return;
            }
            List<List<BranchPoint>> open =
                    growing.stream().map(TreeGrowth::openPoints).toList();
            List<Sampler.Request> requests = new ArrayList<>();
            for (int i = 0; i < growing.size(); i++) {
                requests.add(growing.get(i).branches(open.get(i)));
            }
            List<List<Continuation>> paths = sampler.sample(requests, sampling);
            for (int i = 0; i < growing.size(); i++) {
                growing.get(i).takeBranches(open.get(i), requests.get(i).draws(), paths.get(i));
                drawn += paths.get(i).size();
            }
            verify(growing);
            heard.paths(drawn);
        }
    }
}
