package org.espalier.srpo.train;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.espalier.srpo.objective.Term;
import org.espalier.srpo.tree.QuestionObjective;
import org.espalier.srpo.tree.TokenTree;

/**
 * One question as a method trains on it.
 *
 * @param images pictures of the prompt, in order
 * @param terms of the objective, given the log-probabilities of the tree's paths under the base model; only DPO asks
 *     for them
 */
record TrainingQuestion(
        String id, List<Path> images, TokenTree tree, Function<Supplier<List<double[]>>, List<Term>> terms) {
    QuestionObjective objective(Supplier<List<double[]>> base) {
        return new QuestionObjective(tree, terms.apply(base));
    }
}
