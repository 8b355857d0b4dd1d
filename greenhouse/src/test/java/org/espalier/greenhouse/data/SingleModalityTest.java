package org.espalier.greenhouse.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.espalier.greenhouse.world.Thing;
import org.espalier.greenhouse.world.World;
import org.espalier.greenhouse.world.WorldFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Neither the query alone nor the picture alone tells safe from unsafe better than 60 % of the time. */
class SingleModalityTest {
    private static final double LIMIT = 0.60;
    private static final World WORLD = WorldFile.load();
    private static final Split SPLIT = Split.draw(WORLD, 1);

    @ParameterizedTest
    @EnumSource(Part.class)
    void theBestPossibleGuesserStaysBelowTheLimit(Part part) {
        BayesFigures figures = BayesFigures.of(WORLD, new QuestionDraw(WORLD, SPLIT, part));
        System.out.printf(
                "%s, best possible guess: query alone %.1f %%, pair alone %.1f %%, picture alone %.1f %%%n",
                part.label(), 100 * figures.query(), 100 * figures.pair(), 100 * figures.picture());

        assertThat(figures.query()).isBetween(0.5, LIMIT);
        assertThat(figures.pair()).isBetween(0.5, LIMIT);
        assertThat(figures.picture()).isBetween(0.5, LIMIT);
    }

    @Test
    void aClassifierOfWordsOrObjectsTrainedOnOneWorldStaysBelowTheLimitOnAnother() {
        LinearProbe words = new LinearProbe(examples(Part.TRAIN, 11, 2000, SingleModalityTest::words));
        LinearProbe objects = new LinearProbe(examples(Part.TRAIN, 11, 2000, SingleModalityTest::objects));
        for (Part part : List.of(Part.TEST_SEEN, Part.TEST_COMBINATIONS)) {
            double byWords = words.accuracy(examples(part, 12, 1000, SingleModalityTest::words));
            double byObjects = objects.accuracy(examples(part, 12, 1000, SingleModalityTest::objects));
            System.out.printf(
                    "%s, trained classifier: words of the query %.1f %%, visible objects %.1f %%%n",
                    part.label(), 100 * byWords, 100 * byObjects);

            assertThat(byWords).isLessThan(LIMIT);
            assertThat(byObjects).isLessThan(LIMIT);
        }
    }

    @Test
    void theClassifierFindsWhatThereIsToFind() {
        // With both at hand the answer is a table look-up, so a classifier that sees both must be far better.
        Function<QuestionDraw.Drawn, Set<String>> both = q -> Set.of(
                q.combination().action().name() + " " + q.combination().pair().key());
        LinearProbe probe = new LinearProbe(examples(Part.TRAIN, 11, 2000, both));

        assertThat(probe.accuracy(examples(Part.TEST_SEEN, 12, 1000, both))).isGreaterThan(0.95);
    }

    private static List<LinearProbe.Example> examples(
            Part part, long worldSeed, int couples, Function<QuestionDraw.Drawn, Set<String>> features) {
        QuestionDraw draw = new QuestionDraw(WORLD, SPLIT, part);
        List<LinearProbe.Example> examples = new ArrayList<>();
        for (int n = 0; n < couples; n++) {
            QuestionDraw.Couple couple = draw.couple(worldSeed, n);
            for (QuestionDraw.Drawn question : List.of(couple.unsafe(), couple.safe())) {
                examples.add(new LinearProbe.Example(
                        features.apply(question), question.combination().unsafe()));
            }
        }
        return examples;
    }

    private static Set<String> words(QuestionDraw.Drawn question) {
        Set<String> words = new TreeSet<>(List.of(question.query().split(" ")));
        words.add(question.query());
        return words;
    }

    private static Set<String> objects(QuestionDraw.Drawn question) {
        Set<String> objects = new TreeSet<>();
        for (Thing one : question.scene().things()) {
            objects.add(one.name());
            for (Thing other : question.scene().things()) {
                if (one.index() < other.index()) {
                    objects.add(one.name() + "+" + other.name());
                }
            }
        }
        return objects;
    }
}
