package org.espalier.srpo.explore;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import org.espalier.core.Branch;
import org.espalier.core.Continuation;
import org.espalier.core.Demonstrations;
import org.espalier.core.Draw;
import org.espalier.core.PathTree;
import org.espalier.core.Sampler;
import org.espalier.core.SsuiSample;
import org.espalier.core.Stem;
import org.espalier.core.Verifier.Verdict;
import org.espalier.core.text.StepSplitter.Split;

/** The tree of one question while it grows. Decides nothing about the order of sampling calls. */
final class TreeGrowth {
    private final SsuiSample question;
    private final Demonstrations demonstrations;
    private final ExploreSettings settings;
    private final PathReader reader;
    private final Sampler sampler;
    private final List<PathTree.Attempt> attempts = new ArrayList<>();
    private Optional<TrunkText> trunk = Optional.empty();
    private OptionalInt trunkSample = OptionalInt.empty();
    private List<BranchPoint> points = List.of();
    private final List<Series> waiting = new ArrayList<>();

    /** Drawn paths in the order of their numbers, each wanted only while none before it was enough. */
    private record Series(BooleanSupplier wanted, Queue<PathReader.Waiting> paths) {}

    TreeGrowth(
            SsuiSample question,
            Demonstrations demonstrations,
            ExploreSettings settings,
            PathReader reader,
            Sampler sampler) {
        this.question = question;
        this.demonstrations = demonstrations;
        this.settings = settings;
        this.reader = reader;
        this.sampler = sampler;
    }

    /** Whether another attempt at a trunk is due. */
    boolean seeksTrunk() {
        return settings.branchFrom() != ExploreSettings.BranchFrom.REFERENCE
                && trunk.isEmpty()
                && attempts.size() < settings.trunkAttempts();
    }

    /** The next attempts: one, then as many as were made before and one more, never beyond the budget. */
    Sampler.Request attempts() {
        int made = attempts.size();
        List<Draw> draws = new ArrayList<>();
        for (int sample = made; sample < Math.min(settings.trunkAttempts(), 2 * made + 1); sample++) {
            draws.add(Draw.whole(sample));
        }
        return request(Stem.EMPTY, draws);
    }

    private Sampler.Request request(Stem stem, List<Draw> draws) {
        return new Sampler.Request(question.id(), demonstrations.before(question.question()), stem, draws);
    }

    /** Takes the paths drawn for {@link #attempts()}, once they are verified, until one is correct. */
    void takeAttempts(List<Continuation> drawn) {
        Series series = new Series(() -> trunk.isEmpty(), new ArrayDeque<>());
        for (Continuation path : drawn) {
            Split split = reader.split(path.text());
            series.paths()
                    .add(new PathReader.Waiting(
                            question, split.steps(), path.end(), verdict -> takeAttempt(path, split, verdict)));
        }
        waiting.add(series);
    }

    private void takeAttempt(Continuation path, Split split, Verdict verdict) {
        int sample = attempts.size();
        attempts.add(new PathTree.Attempt(sample, path, split.steps(), verdict));
        if (verdict.correct()) {
            trunk = Optional.of(new TrunkText(path, split));
            trunkSample = OptionalInt.of(sample);
        }
    }

    /**
     * The paths that are to be verified next, one of each series: what comes after it in its series may not be wanted any
     * more. Empty once none is.
     */
    List<PathReader.Waiting> unverified() {
        List<PathReader.Waiting> next = new ArrayList<>();
        waiting.removeIf(
                series -> !series.wanted().getAsBoolean() || series.paths().isEmpty());
        waiting.forEach(series -> next.add(series.paths().remove()));
        return next;
    }

    /** Ends the search for a trunk and lays out the branch points. */
    void plant() {
        boolean splittable = trunk.isPresent() && trunk.get().steps().size() >= 2;
        boolean reference = settings.branchFrom() == ExploreSettings.BranchFrom.REFERENCE
                || (settings.branchFrom() == ExploreSettings.BranchFrom.TRUNK_ELSE_REFERENCE && !splittable);
        if (reference) {
            trunk = Optional.of(TrunkText.reference(question.reference().steps(), sampler));
            trunkSample = OptionalInt.empty();
        }
        points = trunk.map(text -> BranchedSteps.from(
                        settings.branchFromStep(),
                        text.points(sampler, settings.branchLastStep(), settings.stopAtPair()),
                        BranchPoint::sharedSteps))
                .orElse(List.of());
        if (settings.trunkAsFavorable() && trunkSample.isPresent()) {
            points.forEach(this::takeTrunk);
        }
    }

    private void takeTrunk(BranchPoint point) {
        TrunkText text = trunk.orElseThrow();
        point.take(new Branch(
                point.sharedSteps(),
                point.cut(),
                Branch.TRUNK,
                text.from(point.cut()),
                text.steps().subList(point.sharedSteps(), text.steps().size()),
                Verdict.CORRECT));
    }

    /** The points that want branches now: all open ones, or the first where a one-sided point ends the question. */
    List<BranchPoint> openPoints() {
        List<BranchPoint> open = new ArrayList<>();
        for (BranchPoint point : points) {
            if (point.open(settings.branchSamples())) {
                open.add(point);
            }
            if (settings.skipAfterOneSided() && (!open.isEmpty() || !point.hasUnfavorable())) {
                return open;
            }
        }
        return open;
    }

    /** The next branches of the given points. */
    Sampler.Request branches(List<BranchPoint> open) {
        return request(
                trunk.orElseThrow().stem(trunkSample.isPresent()),
                open.stream()
                        .flatMap(point -> point.round(settings.branchSamples()).stream())
                        .toList());
    }

    /** Takes what was drawn for {@link #branches}, once it is verified. */
    void takeBranches(List<BranchPoint> open, List<Draw> draws, List<Continuation> drawn) {
        TrunkText text = trunk.orElseThrow();
        Map<BranchPoint, Series> series = new LinkedHashMap<>();
        for (int i = 0; i < draws.size(); i++) {
            Draw draw = draws.get(i);
            Continuation continuation = drawn.get(i);
            BranchPoint point = open.stream()
                    .filter(candidate -> candidate.sharedSteps() + 1 == draw.step())
                    .findFirst()
                    .orElseThrow();
            List<String> rest = reader.restSteps(
                    text.rest(point, continuation.text()), text.split().style());
            List<String> whole = new ArrayList<>(text.shared(point));
            whole.addAll(rest);
            series.computeIfAbsent(point, _ -> new Series(() -> !point.complete(), new ArrayDeque<>()))
                    .paths()
                    .add(new PathReader.Waiting(
                            question,
                            whole,
                            continuation.end(),
                            verdict -> point.take(new Branch(
                                    point.sharedSteps(), point.cut(), draw.sample(), continuation, rest, verdict))));
        }
        waiting.addAll(series.values());
    }

    int pairs() {
        return (int) points.stream().filter(BranchPoint::paired).count();
    }

    /** The tree as it stands. */
    PathTree tree(PathTree.Origin origin) {
        List<Branch> branches =
                points.stream().flatMap(point -> point.branches().stream()).toList();
        return new PathTree(
                question.id(),
                question.image(),
                question.question().query(),
                question.answer(),
                Optional.of(question.risk()),
                demonstrations.examples().stream().map(SsuiSample::id).toList(),
                demonstrations.withImages(),
                question.reference().steps(),
                trunk.map(text -> new PathTree.Trunk(trunkSample, text.path(), text.steps())),
                attempts,
                branches,
                Outcomes.of(trunk.isPresent(), pairs() > 0, attempts, branches),
                origin);
    }
}
