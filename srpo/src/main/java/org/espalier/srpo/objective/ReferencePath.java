package org.espalier.srpo.objective;

import java.util.Optional;
import org.espalier.core.PathTree;
import org.espalier.srpo.tree.PathTokens;

/** Whose path J_ref (Eq. 5) is of. */
public enum ReferencePath {
    /** The one that came with the question. */
    DATASET,
    /** The correct path that the model wrote. Ours: what is explored beyond the questions with a reference path has no other. */
    TRUNK;

    static final String HELP =
            "Which path J_ref makes likely: the dataset's reference, or the trunk, so that none is needed.";

    /**
     * Such a path.
     *
     * @param tokens with the end token
     */
    record Found(int[] tokens, int steps) {}

    /** That of a question; none where the model wrote no correct one. */
    Optional<Found> of(PathTree question, PathTokens tokens) {
        return switch (this) {
            case DATASET ->
                Optional.of(new Found(tokens.reference(), question.reference().size()));
            case TRUNK -> {
                int steps = question.trunk().map(trunk -> trunk.steps().size()).orElse(0);
                yield tokens.finishedTrunk().map(path -> new Found(path, steps));
            }
        };
    }

    /** What a question must have. */
    String requirement() {
        return this == DATASET ? "a reference path" : "a correct path that the model wrote";
    }
}
