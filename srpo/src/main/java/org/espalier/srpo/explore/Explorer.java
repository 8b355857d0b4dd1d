package org.espalier.srpo.explore;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.espalier.core.Continuation;
import org.espalier.core.ExploreSummary;
import org.espalier.core.InputException;
import org.espalier.core.PathTree;
import org.espalier.core.Progress;
import org.espalier.core.Sampler;
import org.espalier.core.Sampling;
import org.espalier.core.SsuiSample;
import org.espalier.core.Verifier;
import org.espalier.core.file.TreeFile;
import org.espalier.core.work.GroupRunner;
import org.espalier.core.work.GroupWork;

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
     * Explores questions in this process.
     *
     * @param questions in the order of the data; groups are fixed by it
     * @throws InputException if the folder holds trees of other questions
     */
    public ExploreSummary explore(List<SsuiSample> questions, Path folder, Progress progress) {
        return new TreeGathering(questions, settings.groupSize(), folder, progress)
                .run(GroupRunner.HERE, gpu -> work(questions));
    }

    /** The exploration of one group after the other; each comes as lines of {@code trees.jsonl}. */
    public GroupWork work(List<SsuiSample> questions) {
        int size = settings.groupSize();
        return (group, heard) -> {
            int start = Math.multiplyExact(group, size);
            return grow(questions.subList(start, Math.min(questions.size(), start + size)), heard::accept).stream()
                    .map(TreeFile::line)
                    .toList();
        };
    }

    /** Grows the trees of one group of questions. */
    public List<PathTree> grow(List<SsuiSample> group) {
        return grow(group, drawn -> {});
    }

    /** @param heard after each sampling call how many paths of the group have been drawn */
    private List<PathTree> grow(List<SsuiSample> group, IntConsumer heard) {
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

    private int growTrunks(List<TreeGrowth> growths, IntConsumer heard) {
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
            heard.accept(drawn);
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

    private void growBranches(List<TreeGrowth> growths, IntConsumer heard, int before) {
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
            heard.accept(drawn);
        }
    }
}
