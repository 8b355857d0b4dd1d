package org.espalier.srpo.explore;

import java.util.ArrayList;
import java.util.List;
import org.espalier.core.Continuation;
import org.espalier.core.Cut;
import org.espalier.core.Sampler;
import org.espalier.core.Stem;
import org.espalier.core.text.StepSplitter.Place;
import org.espalier.core.text.StepSplitter.Split;
import org.espalier.core.text.StepSplitter.Style;

/** A trunk with the places of its steps: what branch points are cut from. */
record TrunkText(Continuation path, Split split) {
    /** A reference path as our data lays it out: one step a line. A step that has several lines stays one. */
    static TrunkText reference(List<String> steps, Sampler sampler) {
        String text = String.join("\n", steps);
        List<Place> places = new ArrayList<>();
        int start = 0;
        for (String step : steps) {
            places.add(new Place(start, start + step.length()));
            start += step.length() + 1;
        }
        return new TrunkText(
                new Continuation(text, sampler.tokens(text), List.of(), Continuation.End.FINISHED),
                new Split(text, Style.NEWLINE, places));
    }

    List<String> steps() {
        return split.steps();
    }

    /** As the beginning of an answer; the end token is not part of it. */
    Stem stem(boolean sampled) {
        List<Integer> tokens = path.tokens();
        boolean ended = sampled && path.end() == Continuation.End.FINISHED && !tokens.isEmpty();
        return new Stem(path.text(), ended ? tokens.subList(0, tokens.size() - 1) : tokens);
    }

    /**
     * The places where it can be branched, by shared steps (Eq. 8: 0 … T − 2).
     *
     * <p>A cut falls between two tokens: on the last token border between one step and the next, else, where one token
     * holds the end of the one and the beginning of the other, on the first border inside the next. Where that leaves
     * no new place, two step borders lying in one token, the steps count as one for branching.
     *
     * @param withLast whether the last step is branched too
     * @param stopAtPair whether a place with a pair takes no more branches
     */
    List<BranchPoint> points(Sampler sampler, boolean withLast, boolean stopAtPair) {
        List<Place> places = split.places();
        int count = withLast ? places.size() : places.size() - 1;
        List<BranchPoint> points = new ArrayList<>();
        if (count < 1) {
            return points;
        }
        points.add(new BranchPoint(0, Cut.START, 0, stopAtPair));
        Cut last = Cut.START;
        for (int shared = 1; shared < count; shared++) {
            Place before = places.get(shared - 1);
            Place next = places.get(shared);
            Cut cut = cut(sampler, before.end(), next.start());
            boolean forward = cut.chars() > last.chars() && (path.tokens().isEmpty() || cut.tokens() > last.tokens());
            if (forward && cut.chars() < next.end()) {
                points.add(new BranchPoint(shared, cut, before.end(), stopAtPair));
                last = cut;
            }
        }
        return points;
    }

    private Cut cut(Sampler sampler, int from, int to) {
        List<Integer> chars = new ArrayList<>();
        for (int at = to; at >= from; at--) {
            chars.add(at);
        }
        List<Cut> cuts = sampler.cuts(path, chars);
        return cuts.stream().filter(cut -> cut.chars() <= to).findFirst().orElse(cuts.getFirst());
    }

    /** The steps before a branch point. */
    List<String> shared(BranchPoint point) {
        return steps().subList(0, point.sharedSteps());
    }

    /** What follows the shared steps if {@code continuation} follows the cut. */
    String rest(BranchPoint point, String continuation) {
        return path.text().substring(point.restStart(), point.cut().chars()) + continuation;
    }

    /** The trunk's own continuation from a branch point on. */
    Continuation from(Cut cut) {
        List<Double> logprobs = path.logprobs();
        return new Continuation(
                path.text().substring(cut.chars()),
                path.tokens()
                        .subList(
                                Math.min(cut.tokens(), path.tokens().size()),
                                path.tokens().size()),
                logprobs.subList(Math.min(cut.tokens(), logprobs.size()), logprobs.size()),
                path.end());
    }
}
