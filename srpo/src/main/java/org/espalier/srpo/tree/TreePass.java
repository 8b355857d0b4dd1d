package org.espalier.srpo.tree;

import static org.bytedeco.pytorch.global.torch.zeros_like;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.espalier.model.PictureFeatures.Shown;
import org.espalier.model.decoder.DecoderTape;
import org.espalier.model.decoder.Deltas;
import org.espalier.model.decoder.LoraSnapshot;
import org.espalier.model.decoder.TapeSize;
import org.espalier.model.family.VisionLanguageModel;
import org.espalier.tensor.NativeThreads;
import org.espalier.tensor.SmallProduct;

/**
 * One question on its way through a model: forward when it is made, backward once the gradients of its log-probabilities
 * are known. As a tree every shared token is computed once; with every path on its own ({@link TokenTree#alone}) it is
 * the plain way, the reference that the tree is tested against. Used by one thread and closed by it, in a
 * try-with-resources statement; native memory is freed then.
 */
public final class TreePass implements AutoCloseable {
    private final PointerScope scope = new PointerScope();
    private final NativeThreads threads;
    private final List<Pack> packs = new ArrayList<>();
    private Optional<AdaptedPictures> adapted = Optional.empty();

    private TreePass(NativeThreads threads) {
        this.threads = threads;
    }

    /**
     * Log-probabilities of each path's scored tokens, in the order of the leaves; nothing is kept for a backward pass.
     *
     * @param pictures as the base model sees them; with their values, where an adapter changes that
     */
    public static List<double[]> score(VisionLanguageModel model, TokenTree tree, Shown pictures, Deltas deltas) {
        try (PointerScope scope = new PointerScope();
                NativeThreads threads = threads(model, tree.tokens());
                NoGradGuard guard = new NoGradGuard()) {
            ScoredTokens scored = ScoredTokens.of(List.of(tree));
            DecoderInput input = DecoderInput.of(model, List.of(tree), seen(model, pictures, deltas));
            Tensor states = model.decoder()
                    .forward(input.embedded(), input.rope(), input.attention(), deltas)
                    .index_select(0, scored.places(model.placement()));
            HeadScores scores = new HeadScores(states, model.decoder(), scored.targets(), false);
            return scored.paths(scores.logprobs());
        }
    }

    private static Shown seen(VisionLanguageModel model, Shown pictures, Deltas deltas) {
        return deltas.changesPictures() && !pictures.pictures().isEmpty()
                ? new Shown(pictures.pictures(), Optional.of(model.pictureFeatures(pictures.pictures(), deltas)))
                : pictures;
    }

    /**
     * Forward.
     *
     * @param pictures as the base model sees them; with their values, where the adapter changes that
     * @param trees whose states are alive together: one tree, or paths on their own
     * @param lora of the adapter; stays with the caller until this is closed
     */
    public static TreePass forward(
            VisionLanguageModel model, List<TokenTree> trees, Shown pictures, LoraSnapshot lora) {
        return forward(model, trees, pictures, lora, size(model, trees).layersAgainHere(1));
    }

    /**
     * The same with as much kept for the backward pass as is said, not as there is room for. Whatever it is, numbers are
     * equal to the last bit.
     *
     * @param layersAgain how many of the decoder's layers, the first ones, are computed again on the way back
     */
    public static TreePass forward(
            VisionLanguageModel model, List<TokenTree> trees, Shown pictures, LoraSnapshot lora, int layersAgain) {
        List<List<TokenTree>> together = packs(model, trees);
        int longest = together.stream().mapToInt(TreePass::tokens).max().orElse(0);
        TreePass pass = new TreePass(threads(model, longest));
        try {
            pass.adapted = AdaptedPictures.of(model, pictures, lora);
            Shown seen = pass.adapted.map(own -> own.shown(pictures)).orElse(pictures);
            together.forEach(pack -> pass.packs.add(Pack.forward(model, pack, seen, lora, layersAgain)));
            return pass;
        } catch (RuntimeException e) {
            pass.close();
            throw e;
        }
    }

    /** Log-probabilities of each path's scored tokens, in the order of the trees' leaves. */
    public List<double[]> logprobs() {
        return packs.stream().flatMap(pack -> pack.logprobs().stream()).toList();
    }

    /**
     * Backward, once: adds the adapter's gradients to the sums of the snapshot.
     *
     * @param outputGradients of the loss by each of {@link #logprobs}
     */
    public void backward(List<double[]> outputGradients) {
        requireSameShape(logprobs(), outputGradients);
        int at = 0;
        for (Pack pack : packs) {
            int leaves = pack.scored().leaves();
            pack.backward(outputGradients.subList(at, at + leaves), adapted);
            at += leaves;
        }
        adapted.ifPresent(AdaptedPictures::backward);
    }

    private static void requireSameShape(List<double[]> logprobs, List<double[]> gradients) {
        int[] paths = logprobs.stream().mapToInt(path -> path.length).toArray();
        int[] given = gradients.stream().mapToInt(path -> path.length).toArray();
        if (!Arrays.equals(paths, given)) {
            throw new IllegalArgumentException("paths of " + Arrays.toString(paths)
                    + " scored tokens have gradients of " + Arrays.toString(given));
        }
    }

    @Override
    public void close() {
        packs.forEach(Pack::close);
        adapted.ifPresent(AdaptedPictures::close);
        threads.close();
        scope.close();
    }

    /** Trees that are computed together: single paths of one length, as long as one product stays small. */
    private static List<List<TokenTree>> packs(VisionLanguageModel model, List<TokenTree> trees) {
        List<List<TokenTree>> packs = new ArrayList<>();
        for (TokenTree tree : trees) {
            boolean joins = !packs.isEmpty()
                    && tree.leaves().size() == 1
                    && packs.getLast().getFirst().leaves().size() == 1
                    && packs.getLast().getFirst().tokens() == tree.tokens()
                    && small(model, tokens(packs.getLast()) + tree.tokens());
            if (!joins) {
                packs.add(new ArrayList<>());
            }
            packs.getLast().add(tree);
        }
        return packs;
    }

    /** Memory of trees that are alive together. */
    public static TapeSize size(VisionLanguageModel model, List<TokenTree> trees) {
        long keys = trees.stream().mapToLong(tree -> tree.layout().keys()).sum();
        return new TapeSize(model.decoder().shape(), model.placement(), tokens(trees), keys);
    }

    static int tokens(List<TokenTree> trees) {
        return trees.stream().mapToInt(TokenTree::tokens).sum();
    }

    private static NativeThreads threads(VisionLanguageModel model, int tokens) {
        return model.placement()
                .threads(SmallProduct.OF_TRAINING, model.decoder().shape().largestProduct(tokens));
    }

    private static boolean small(VisionLanguageModel model, int tokens) {
        return model.placement()
                .isSmall(SmallProduct.OF_TRAINING, model.decoder().shape().largestProduct(tokens));
    }

    /** Trees that went forward together. */
    private record Pack(
            ScoredTokens scored, Tensor places, List<long[]> picturePlaces, DecoderTape tape, HeadScores scores)
            implements AutoCloseable {
        static Pack forward(
                VisionLanguageModel model, List<TokenTree> trees, Shown pictures, LoraSnapshot lora, int layersAgain) {
            ScoredTokens scored = ScoredTokens.of(trees);
            DecoderInput input = DecoderInput.of(model, trees, pictures);
            DecoderTape tape = DecoderTape.forward(
                    model.decoder(), input.embedded(), input.rope(), input.attention(), lora, layersAgain);
            try {
                Tensor places = scored.places(model.placement());
                Tensor states = tape.states().index_select(0, places);
                return new Pack(
                        scored,
                        places,
                        input.picturePlaces(),
                        tape,
                        new HeadScores(states, model.decoder(), scored.targets(), true));
            } catch (RuntimeException e) {
                tape.close();
                throw e;
            }
        }

        List<double[]> logprobs() {
            return scored.paths(scores.logprobs());
        }

        void backward(List<double[]> outputGradients, Optional<AdaptedPictures> adapted) {
            try (PointerScope scope = new PointerScope();
                    NoGradGuard guard = new NoGradGuard()) {
                Tensor ofStates = scores.backward(scored.gather(outputGradients));
                scores.release();
                // A token that several leaves begin after gets what comes back from each.
                Tensor gradient = zeros_like(tape.states()).index_add_(0, places, ofStates);
                if (adapted.isPresent()) {
                    tape.backward(
                            gradient,
                            ofInput ->
                                    picturePlaces.forEach(seen -> adapted.get().add(ofInput, seen)));
                } else {
                    tape.backward(gradient);
                }
            }
        }

        @Override
        public void close() {
            scores.release();
            tape.close();
        }
    }
}
