package org.espalier.srpo.tree;

import static org.bytedeco.pytorch.global.torch.zeros_like;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.espalier.core.InputException;
import org.espalier.model.PromptPositions;
import org.espalier.model.VisionLanguageModel;
import org.espalier.model.decoder.DecoderTape;
import org.espalier.model.decoder.Deltas;
import org.espalier.model.decoder.Rope;
import org.espalier.model.decoder.TakenDeltas;
import org.espalier.model.decoder.TextShape;
import org.espalier.model.decoder.TrainableDeltas;
import org.espalier.model.decoder.TreeAttention;
import org.espalier.model.picture.Patches;
import org.espalier.tensor.HostTensors;
import org.espalier.tensor.NativeThreads;
import org.espalier.tensor.Scope;

/** Runs a tree through a model: every shared token once, forward and backward. */
public final class TreeScorer {
    /**
     * Floating-point operations of one product: about a third of a millisecond on one core, below which another core
     * costs more than it helps ({@code perf tree}).
     */
    private static final long SMALL_PRODUCT = 60_000_000;

    private final VisionLanguageModel model;

    public TreeScorer(VisionLanguageModel model) {
        this.model = model;
    }

    /** Log-probabilities of each path's scored tokens, in the order of the leaves; nothing is recorded. */
    public List<double[]> score(TokenTree tree, List<Patches> pictures, Optional<Tensor> seen, Deltas deltas) {
        try (PointerScope scope = new PointerScope();
                NativeThreads threads = threads(tree.tokens());
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
            TrainableDeltas deltas,
            Function<List<double[]>, List<double[]>> loss) {
        List<Pass> passes = new ArrayList<>();
        int longest = trees.stream().mapToInt(TokenTree::tokens).max().orElse(0);
        try (PointerScope scope = new PointerScope();
                NativeThreads threads = threads(longest)) {
            TakenDeltas taken = new TakenDeltas(deltas, model.decoder().shape().layers());
            List<double[]> logprobs = new ArrayList<>();
            for (TokenTree tree : trees) {
                Pass pass = pass(tree, pictures, seen, taken);
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
            passes.forEach(Pass::close);
        }
    }

    private NativeThreads threads(int tokens) {
        TextShape shape = model.decoder().shape();
        return NativeThreads.singleIf(2L * tokens * shape.hidden() * shape.feedForward() < SMALL_PRODUCT);
    }

    private Pass pass(TokenTree tree, List<Patches> pictures, Optional<Tensor> seen, TakenDeltas deltas) {
        ScoredTokens scored = ScoredTokens.of(tree);
        Start start = start(tree, pictures, seen);
        DecoderTape tape = new DecoderTape(model.decoder(), start.embedded(), start.rope(), start.attention(), deltas);
        try {
            Tensor states = tape.states().index_select(0, places(scored));
            return new Pass(
                    tree, scored, tape, new HeadScores(states, model.decoder().head(), scored.targets(), true));
        } catch (RuntimeException e) {
            tape.close();
            throw e;
        }
    }

    /** One tree on its way: forward done, backward to come. */
    private record Pass(TokenTree tree, ScoredTokens scored, DecoderTape tape, HeadScores scores)
            implements AutoCloseable {
        void backward(List<double[]> gradients) {
            try (PointerScope scope = new PointerScope();
                    NoGradGuard guard = new NoGradGuard()) {
                Tensor slope = scores.backward(scored.gather(tree, gradients));
                scores.release();
                // A token that several leaves begin after gets what comes back from each.
                tape.backward(zeros_like(tape.states()).index_add_(0, places(scored), slope));
            }
        }

        @Override
        public void close() {
            scores.release();
            tape.close();
        }
    }

    private Tensor states(
            TokenTree tree, ScoredTokens scored, List<Patches> pictures, Optional<Tensor> seen, Deltas deltas) {
        Start start = start(tree, pictures, seen);
        return model.decoder()
                .forward(start.embedded(), start.rope(), start.attention(), deltas)
                .index_select(0, places(scored));
    }

    private static Tensor places(ScoredTokens scored) {
        return HostTensors.of(scored.predicting(), scored.predicting().length);
    }

    /** What the decoder is given. */
    private record Start(Tensor embedded, Rope rope, TreeAttention attention) {}

    private Start start(TokenTree tree, List<Patches> pictures, Optional<Tensor> seen) {
        int[] ids = ids(tree);
        requireRoom(tree);
        PromptPositions prompt = model.positions(tree.prompt(), pictures);
        Rope rope = Rope.of(model.decoder().shape(), positions(tree, prompt, ids.length));
        Tensor embedded = Scope.withoutGradients(() -> model.embed(ids, seen));
        return new Start(embedded, rope, new TreeAttention(tree.layout(), embedded.scalar_type()));
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
