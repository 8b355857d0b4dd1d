package org.espalier.workflow.reproduce;

import java.nio.file.Path;
import org.espalier.srpo.objective.Dpo;
import org.espalier.srpo.objective.Objective;
import org.espalier.srpo.objective.Orpo;
import org.espalier.srpo.objective.Sft;
import org.espalier.srpo.train.TrainingSet;
import org.espalier.workflow.explore.ExplorationForecast;

/**
 * Questions with reference paths, and what is taken for them where they are not here.
 *
 * @param file an {@code ssui.jsonl}
 * @param source where they come from, in words
 * @param query tokens of a question beside its picture
 * @param steps of a path
 * @param step tokens of one
 */
public record TrainingData(Path file, String source, int questions, int query, int steps, int step) {
    int path() {
        return steps * step;
    }

    int question(BaseModel base) {
        return base.pictureTokens() + query;
    }

    /** What exploration goes through, with so many solved questions before each. */
    ExplorationForecast.Tokens tokens(BaseModel base, int examples, boolean pictures) {
        int shown = (pictures ? base.pictureTokens() : 0) + query + path();
        return new ExplorationForecast.Tokens(question(base) + (double) examples * shown, path(), steps);
    }

    /** What training goes through, shared tokens counted once. */
    TrainingSet.Extent extent(BaseModel base, Objective objective) {
        int paths = switch (objective) {
            case Sft _ -> 1;
            case Dpo _, Orpo _ -> 2;
            // The reference path, the trunk, and two branches at each place but the last; these are half as long as a
            // path.
            default -> 2 * steps;
        };
        int whole = Math.min(paths, 2);
        int tokens = question(base) + whole * path() + (paths - whole) * path() / 2;
        return new TrainingSet.Extent(questions, paths, tokens, tokens);
    }
}
