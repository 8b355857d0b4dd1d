package org.espalier.srpo.explore;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.espalier.core.PathTree;
import org.espalier.core.Question;
import org.espalier.core.ReasoningPath;
import org.espalier.core.Risk;
import org.espalier.core.Sampler;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.Json;
import org.espalier.core.text.AnswerContainment;
import org.espalier.core.text.StepSplitter;

/** Questions and explorers for the tests of this package. */
final class GrammarQuestions {
    static final ExploreSettings PAPER = ExploreSettings.PAPER;

    private GrammarQuestions() {}

    static SsuiSample question(String id) {
        return new SsuiSample(
                id,
                "images/" + id + ".png",
                new Question(id, Path.of("images", id + ".png"), "is " + id + " safe?"),
                new ReasoningPath(List.of("step good1", "step good2", "so yes")),
                "yes",
                Risk.SAFE,
                "fire",
                Json.object());
    }

    /** Questions of every kind the grammar knows. */
    static List<SsuiSample> questions(int count) {
        List<SsuiSample> questions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String kind = switch (i % 10) {
                case 3 -> "never";
                case 5 -> "always";
                case 7 -> "mute";
                case 8 -> "short";
                default -> "q";
            };
            questions.add(question(kind + i));
        }
        return questions;
    }

    static ExploreSettings settings(
            int maxTokens,
            ExploreSettings.BranchFrom from,
            boolean skip,
            boolean trunkAsFavorable,
            boolean last,
            int group) {
        return new ExploreSettings(
                0.5,
                10,
                10,
                maxTokens,
                2,
                true,
                from,
                skip,
                trunkAsFavorable,
                last,
                1,
                true,
                StepSplitter.Style.AUTO,
                group);
    }

    static ExploreSettings groups(int size) {
        return settings(512, ExploreSettings.BranchFrom.TRUNK, false, false, false, size);
    }

    static Explorer explorer(Sampler sampler, ExploreSettings settings, List<SsuiSample> pool, long seed) {
        return new Explorer(
                sampler,
                new AnswerContainment(),
                settings,
                DemonstrationPool.of(pool),
                new PathTree.Origin("grammar", "words", "", seed, settings.temperature()));
    }
}
