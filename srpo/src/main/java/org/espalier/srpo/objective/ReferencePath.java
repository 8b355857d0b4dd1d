package org.espalier.srpo.objective;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.espalier.core.PathTree;
import org.espalier.core.ReasoningPath;
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
        return of(question, tokens, 1).stream().findFirst();
    }

    /** That of a question, then other correct paths that were drawn, no text twice; none where the first is missing. */
    List<Found> of(PathTree question, PathTokens tokens, int most) {
        Set<String> texts = new HashSet<>();
        List<Found> found = new ArrayList<>();
        switch (this) {
            case DATASET -> {
                texts.add(new ReasoningPath(question.reference()).text());
                found.add(new Found(tokens.reference(), question.reference().size()));
            }
            case TRUNK ->
                question.trunk().ifPresent(trunk -> {
                    texts.add(trunk.path().text());
                    tokens.finishedTrunk()
                            .ifPresent(path ->
                                    found.add(new Found(path, trunk.steps().size())));
                });
        }
        if (found.isEmpty() || most == 1) {
            return found;
        }
        question.paths().stream()
                .filter(path -> path.verdict().correct() && !path.steps().isEmpty() && texts.add(path.text()))
                .limit(most - 1L)
                .forEach(path ->
                        found.add(new Found(tokens.whole(path), path.steps().size())));
        return found;
    }

    /** What a question must have. */
    String requirement() {
        return this == DATASET ? "a reference path" : "a correct path that the model wrote";
    }
}
