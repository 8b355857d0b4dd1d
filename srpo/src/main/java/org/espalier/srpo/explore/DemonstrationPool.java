package org.espalier.srpo.explore;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;
import org.espalier.core.Demonstrations;
import org.espalier.core.InputException;
import org.espalier.core.Seed;
import org.espalier.core.SsuiSample;

/**
 * Where D_c comes from.
 *
 * @param samples solved questions to choose from
 * @param unfit says of (question, candidate) that the candidate must not be shown before the question; the question
 *     itself never is
 */
public record DemonstrationPool(List<SsuiSample> samples, BiPredicate<SsuiSample, SsuiSample> unfit) {
    public DemonstrationPool {
        samples = List.copyOf(samples);
    }

    /** Shows no sample that has the question's picture or its query: it might give the answer away. */
    public static DemonstrationPool of(List<SsuiSample> samples) {
        return new DemonstrationPool(
                samples,
                (question, candidate) -> question.image().equals(candidate.image())
                        || question.question()
                                .query()
                                .equals(candidate.question().query()));
    }

    /**
     * Chooses m demonstrations: a function of seed, question and pool alone.
     *
     * @throws InputException if fewer than m may be shown before this question
     */
    public Demonstrations choose(SsuiSample question, int m, boolean withPictures, long seed) {
        SplittableRandom random =
                Seed.of(seed, "demonstrations").and(question.id()).random();
        List<SsuiSample> chosen = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        while (chosen.size() < m && seen.size() < samples.size()) {
            int index = random.nextInt(samples.size());
            SsuiSample candidate = samples.get(index);
            if (seen.add(index) && !candidate.id().equals(question.id()) && !unfit.test(question, candidate)) {
                chosen.add(candidate);
            }
        }
        if (chosen.size() < m) {
            throw new InputException("question " + question.id() + " is to be asked after " + m
                    + " demonstrations, but the data has only " + chosen.size()
                    + " that may stand before it: ask for fewer examples or give more data");
        }
        return new Demonstrations(chosen, withPictures);
    }
}
