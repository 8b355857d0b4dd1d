package org.espalier.srpo.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.espalier.core.InputException;
import org.espalier.model.PromptPositions;
import org.espalier.model.VisionLanguageModel;
import org.espalier.model.decoder.Deltas;
import org.espalier.model.decoder.Rope;
import org.espalier.model.decoder.TreeAttention;
import org.espalier.model.picture.Patches;
import org.espalier.tensor.HostTensors;
import org.espalier.tensor.Scope;

/** Runs a tree through a model: every shared token once, forward and backward. */
public final class TreeScorer {
    private final VisionLanguageModel model;

    public TreeScorer(VisionLanguageModel model) {
        this.model = model;
    }

    /** Log-probabilities of each path's scored tokens, in the order of the leaves; nothing is recorded. */
    public List<double[]> score(TokenTree tree, List<Patches> pictures, Optional<Tensor> seen, Deltas deltas) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            ScoredTokens scored = ScoredTokens.of(tree);
            HeadScores scores = new HeadScores(
                    states(tree, scored, pictures, seen, deltas),
                    model.decoder().head(),
                    scored.targets(),
                    false);
            return scored.paths(tree, scores.logprobs());
        }
    }

    /**
     * Scores, asks for the gradient of each path's log-probabilities and carries it back into the adapter's gradients.
     *
     * @param trees computed one after the other, their graphs alive together: one tree, or paths on their own
     * @param loss from log-probabilities to their gradients, both in the order of the trees' leaves
     */
    public void learn(
            List<TokenTree> trees,
            List<Patches> pictures,
            Optional<Tensor> seen,
            Deltas deltas,
            Function<List<double[]>, List<double[]>> loss) {
        List<Pass> passes = new ArrayList<>();
        try (PointerScope scope = new PointerScope()) {
            List<double[]> logprobs = new ArrayList<>();
            for (TokenTree tree : trees) {
                Pass pass = pass(tree, pictures, seen, deltas);
                passes.add(pass);
                logprobs.addAll(pass.scored().paths(tree, pass.scores().logprobs()));
            }
            List<double[]> gradients = loss.apply(logprobs);
            int at = 0;
            for (Pass pass : passes) {
                int leaves = pass.tree().leaves().size();
                pass.backward(gradients.subList(at, at + leaves));
                at += leaves;
            }
        } finally {
            passes.forEach(pass -> pass.scores().release());
        }
    }

    private Pass pass(TokenTree tree, List<Patches> pictures, Optional<Tensor> seen, Deltas deltas) {
        ScoredTokens scored = ScoredTokens.of(tree);
        Tensor states = states(tree, scored, pictures, seen, deltas);
        return new Pass(
                tree,
                scored,
                states,
                new HeadScores(states.detach(), model.decoder().head(), scored.targets(), true));
    }

    /** One tree on its way: forward done, backward to come. */
    private record Pass(TokenTree tree, ScoredTokens scored, Tensor states, HeadScores scores) {
        void backward(List<double[]> gradients) {
            Tensor slope = scores.backward(scored.gather(tree, gradients));
            scores.release();
            states.backward(slope, new BoolOptional(), false, new TensorArrayRefOptional());
        }
    }

    private Tensor states(
            TokenTree tree, ScoredTokens scored, List<Patches> pictures, Optional<Tensor> seen, Deltas deltas) {
        int[] ids = ids(tree);
        requireRoom(tree);
        PromptPositions prompt = model.positions(tree.prompt(), pictures);
        Rope rope = Rope.of(model.decoder().shape(), positions(tree, prompt, ids.length));
        Tensor embedded = Scope.withoutGradients(() -> model.embed(ids, seen));
        Tensor hidden = model.decoder()
                .forward(embedded, rope, new TreeAttention(tree.layout(), embedded.scalar_type()), deltas);
        return hidden.index_select(0, HostTensors.of(scored.predicting(), scored.predicting().length));
    }

    private static int[] ids(TokenTree tree) {
        int[] ids = new int[tree.tokens()];
        System.arraycopy(tree.prompt(), 0, ids, 0, tree.prompt().length);
        System.arraycopy(tree.stem(), 0, ids, tree.prompt().length, tree.usedStem());
        int at = tree.prompt().length + tree.usedStem();
        for (TokenTree.Leaf leaf : tree.leaves()) {
            System.arraycopy(leaf.tokens(), 0, ids, at, leaf.tokens().length);
            at += leaf.tokens().length;
        }
        return ids;
    }

    /** A leaf's positions go on where its part of the stem ends, in all three rows. */
    private static long[][] positions(TokenTree tree, PromptPositions prompt, int tokens) {
        long[][] rows = new long[3][tokens];
        for (int row = 0; row < 3; row++) {
            System.arraycopy(prompt.rows()[row], 0, rows[row], 0, tree.prompt().length);
            int at = tree.prompt().length;
            for (int i = 0; i < tree.usedStem(); i++) {
                rows[row][at++] = prompt.next() + i;
            }
            for (TokenTree.Leaf leaf : tree.leaves()) {
                for (int i = 0; i < leaf.tokens().length; i++) {
                    rows[row][at++] = prompt.next() + leaf.shared() + i;
                }
            }
        }
        return rows;
    }

    private void requireRoom(TokenTree tree) {
        for (TokenTree.Leaf leaf : tree.leaves()) {
            int length = tree.prompt().length + leaf.shared() + leaf.tokens().length;
            if (length > model.maxPositions()) {
                throw new InputException("a path of " + length + " tokens is longer than the model's "
                        + model.maxPositions() + " positions: leave its question out.");
            }
        }
        int vocabulary = model.decoder().shape().vocabulary();
        for (int id : ids(tree)) {
            if (id < 0 || id >= vocabulary) {
                throw new InputException("token " + id + " is not in the model's vocabulary of " + vocabulary
                        + ": the trees were made with another tokenizer.");
            }
        }
    }
}
