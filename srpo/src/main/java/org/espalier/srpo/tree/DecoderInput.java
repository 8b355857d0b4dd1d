package org.espalier.srpo.tree;

import static org.bytedeco.pytorch.global.torch.cat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.espalier.core.InputException;
import org.espalier.model.PictureFeatures.Shown;
import org.espalier.model.decoder.Attention;
import org.espalier.model.decoder.CausalSequences;
import org.espalier.model.decoder.Rope;
import org.espalier.model.decoder.TreeAttention;
import org.espalier.model.family.PromptPositions;
import org.espalier.model.family.VisionLanguageModel;
import org.espalier.tensor.Scope;

/**
 * What the decoder is given for one tree, or for paths of one length that lie one after the other.
 *
 * @param embedded {@code [tokens, hidden]}
 * @param picturePlaces of each tree, where its pictures have their tokens
 */
record DecoderInput(Tensor embedded, Rope rope, Attention attention, List<long[]> picturePlaces) {
    /**
     * Puts it together.
     *
     * @param trees one, or several of a single leaf and the same number of tokens
     * @param pictures which every tree shows
     * @throws InputException if a path is longer than the model's positions or a token is not in its vocabulary
     */
    static DecoderInput of(VisionLanguageModel model, List<TokenTree> trees, Shown pictures) {
        long[][] rows = new long[3][TreePass.tokens(trees)];
        Tensor[] embedded = new Tensor[trees.size()];
        List<long[]> places = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < embedded.length; i++) {
            TokenTree tree = trees.get(i);
            int[] ids = ids(tree);
            requireRoom(model, tree, ids);
            enter(tree, model.positions(tree.prompt(), pictures.pictures()), rows, at);
            embedded[i] = Scope.withoutGradients(() -> model.embed(ids, pictures.features()));
            int first = at;
            places.add(LongStream.of(model.picturePlaces(ids))
                    .map(place -> first + place)
                    .toArray());
            at += ids.length;
        }
        Rope rope = Rope.of(model.decoder().shape(), rows, model.placement());
        if (embedded.length > 1) {
            return new DecoderInput(
                    cat(new TensorVector(embedded), 0),
                    rope,
                    new CausalSequences(embedded.length, model.placement().attention()),
                    places);
        }
        Attention attention = new TreeAttention(trees.getFirst().layout(), model.placement());
        return new DecoderInput(embedded[0], rope, attention, places);
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

    /** A leaf's positions continue those of its part of the stem, in all three rows. */
    private static void enter(TokenTree tree, PromptPositions prompt, long[][] rows, int from) {
        for (int row = 0; row < 3; row++) {
            System.arraycopy(prompt.rows()[row], 0, rows[row], from, tree.prompt().length);
            int at = from + tree.prompt().length;
            for (int i = 0; i < tree.usedStem(); i++) {
                rows[row][at++] = prompt.next() + i;
            }
            for (TokenTree.Leaf leaf : tree.leaves()) {
                for (int i = 0; i < leaf.tokens().length; i++) {
                    rows[row][at++] = prompt.next() + leaf.shared() + i;
                }
            }
        }
    }

    private static void requireRoom(VisionLanguageModel model, TokenTree tree, int[] ids) {
        for (TokenTree.Leaf leaf : tree.leaves()) {
            int length = tree.prompt().length + leaf.shared() + leaf.tokens().length;
            if (length > model.config().maxPositions()) {
                throw new InputException("a path of " + length + " tokens is longer than the model's "
                        + model.config().maxPositions() + " positions: leave its question out.");
            }
        }
        int vocabulary = model.decoder().shape().vocabulary();
        for (int id : ids) {
            if (id < 0 || id >= vocabulary) {
                throw new InputException("token " + id + " is not in the model's vocabulary of " + vocabulary
                        + ": the trees were made with another tokenizer.");
            }
        }
    }
}
