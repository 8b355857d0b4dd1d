package org.espalier.srpo.tree;

import static org.bytedeco.pytorch.global.torch.zeros_like;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.espalier.model.decoder.DecoderTape;
import org.espalier.model.decoder.Deltas;
import org.espalier.model.decoder.TakenDeltas;
import org.espalier.model.decoder.TextShape;
import org.espalier.model.decoder.TrainableDeltas;
import org.espalier.model.family.PictureInput;
import org.espalier.model.family.VisionLanguageModel;
import org.espalier.tensor.HostTensors;
import org.espalier.tensor.NativeThreads;

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
    public List<double[]> score(TokenTree tree, List<PictureInput> pictures, Optional<Tensor> seen, Deltas deltas) {
        try (PointerScope scope = new PointerScope();
                NativeThreads threads = threads(tree.tokens());
                NoGradGuard guard = new NoGradGuard()) {
            ScoredTokens scored = ScoredTokens.of(List.of(tree));
            DecoderInput input = DecoderInput.of(model, List.of(tree), pictures, seen);
            Tensor states = model.decoder()
                    .forward(input.embedded(), input.rope(), input.attention(), deltas)
                    .index_select(0, places(scored));
            HeadScores scores = new HeadScores(states, model.decoder().head(), scored.targets(), false);
            return scored.paths(scores.logprobs());
        }
    }

    /**
     * Scores, asks for the gradient of each path's log-probabilities and carries it back into the adapter's gradients.
     *
     * @param trees their states are alive together: one tree, or paths on their own
     * @param loss from log-probabilities to their gradients, both in the order of the trees' leaves
     */
    public void learn(
            List<TokenTree> trees,
            List<PictureInput> pictures,
            Optional<Tensor> seen,
            TrainableDeltas deltas,
            Function<List<double[]>, List<double[]>> loss) {
        List<Pass> passes = new ArrayList<>();
        List<List<TokenTree>> packs = packs(trees);
        int longest = packs.stream().mapToInt(TreeScorer::tokens).max().orElse(0);
        try (PointerScope scope = new PointerScope();
                NativeThreads threads = threads(longest)) {
            TakenDeltas taken = new TakenDeltas(
                    deltas, model.decoder().shape().layers(), model.placement().scalarType());
            List<double[]> logprobs = new ArrayList<>();
            for (List<TokenTree> pack : packs) {
                Pass pass = pass(pack, pictures, seen, taken);
                passes.add(pass);
                logprobs.addAll(pass.logprobs());
            }
            List<double[]> gradients = loss.apply(logprobs);
            int at = 0;
            for (Pass pass : passes) {
                int leaves = pass.leaves();
                pass.backward(gradients.subList(at, at + leaves));
                at += leaves;
            }
        } finally {
            passes.forEach(Pass::close);
        }
    }

    /** Trees that are computed together: single paths of one length, as long as one product stays small. */
    private List<List<TokenTree>> packs(List<TokenTree> trees) {
        List<List<TokenTree>> packs = new ArrayList<>();
        for (TokenTree tree : trees) {
            boolean joins = !packs.isEmpty()
                    && tree.leaves().size() == 1
                    && packs.getLast().getFirst().leaves().size() == 1
                    && packs.getLast().getFirst().tokens() == tree.tokens()
                    && small(tokens(packs.getLast()) + tree.tokens());
            if (!joins) {
                packs.add(new ArrayList<>());
            }
            packs.getLast().add(tree);
        }
        return packs;
    }

    static int tokens(List<TokenTree> trees) {
        return trees.stream().mapToInt(TokenTree::tokens).sum();
    }

    private NativeThreads threads(int tokens) {
        return NativeThreads.suited(small(tokens), model.placement().scalarType());
    }

    private boolean small(int tokens) {
        TextShape shape = model.decoder().shape();
        return 2L * tokens * shape.hidden() * shape.feedForward() < SMALL_PRODUCT;
    }

    private Pass pass(List<TokenTree> trees, List<PictureInput> pictures, Optional<Tensor> seen, TakenDeltas deltas) {
        ScoredTokens scored = ScoredTokens.of(trees);
        DecoderInput input = DecoderInput.of(model, trees, pictures, seen);
        DecoderTape tape = new DecoderTape(model.decoder(), input.embedded(), input.rope(), input.attention(), deltas);
        try {
            Tensor states = tape.states().index_select(0, places(scored));
            return new Pass(scored, tape, new HeadScores(states, model.decoder().head(), scored.targets(), true));
        } catch (RuntimeException e) {
            tape.close();
            throw e;
        }
    }

    /** Trees on their way: forward done, backward to come. */
    private record Pass(ScoredTokens scored, DecoderTape tape, HeadScores scores) implements AutoCloseable {
        int leaves() {
            return scored.trees().stream()
                    .mapToInt(tree -> tree.leaves().size())
                    .sum();
        }

        List<double[]> logprobs() {
            return scored.paths(scores.logprobs());
        }

        void backward(List<double[]> gradients) {
            try (PointerScope scope = new PointerScope();
                    NoGradGuard guard = new NoGradGuard()) {
                Tensor slope = scores.backward(scored.gather(gradients));
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

    private static Tensor places(ScoredTokens scored) {
        return HostTensors.of(scored.predicting(), scored.predicting().length);
    }
}
