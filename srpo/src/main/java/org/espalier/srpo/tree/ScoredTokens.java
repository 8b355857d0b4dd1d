package org.espalier.srpo.tree;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.espalier.tensor.Placement;

/**
 * Which tokens of trees that lie one after the other are scored, and where the hidden state lies that predicts each.
 *
 * @param predicting place on the token axis, one a scored token
 * @param targets the scored tokens: of each tree the stem's (if scored), then each leaf's
 */
record ScoredTokens(List<TokenTree> trees, long[] predicting, long[] targets) {
    static ScoredTokens of(List<TokenTree> trees) {
        int count = trees.stream().mapToInt(ScoredTokens::count).sum();
        ScoredTokens scored = new ScoredTokens(List.copyOf(trees), new long[count], new long[count]);
        int at = 0;
        int begin = 0;
        for (TokenTree tree : trees) {
            scored.enter(tree, at, begin);
            at += count(tree);
            begin += tree.tokens();
        }
        return scored;
    }

    private static int stem(TokenTree tree) {
        return tree.stemScored() ? tree.usedStem() : 0;
    }

    private static int count(TokenTree tree) {
        return stem(tree)
                + tree.leaves().stream().mapToInt(leaf -> leaf.tokens().length).sum();
    }

    private void enter(TokenTree tree, int at, int begin) {
        int prompt = begin + tree.prompt().length;
        for (int i = 0; i < stem(tree); i++) {
            predicting[at] = prompt + i - 1L;
            targets[at++] = tree.stem()[i];
        }
        int start = prompt + tree.usedStem();
        for (TokenTree.Leaf leaf : tree.leaves()) {
            for (int i = 0; i < leaf.tokens().length; i++) {
                // The last shared token predicts the first token of every leaf.
                predicting[at] = i == 0 ? prompt + leaf.shared() - 1L : start + i - 1L;
                targets[at++] = leaf.tokens()[i];
            }
            start += leaf.tokens().length;
        }
    }

    /** {@link #predicting} as a tensor of indices, {@code [scored]}. */
    Tensor places(Placement placement) {
        return placement.indices(predicting, predicting.length);
    }

    /** How many paths there are. */
    int leaves() {
        return trees.stream().mapToInt(tree -> tree.leaves().size()).sum();
    }

    /** Each path's log-probabilities: its part of the stem where scored, then its leaf. */
    List<double[]> paths(double[] logprobs) {
        List<double[]> paths = new ArrayList<>();
        int begin = 0;
        for (TokenTree tree : trees) {
            int at = begin + stem(tree);
            for (TokenTree.Leaf leaf : tree.leaves()) {
                int shared = tree.stemScored() ? leaf.shared() : 0;
                double[] path = new double[shared + leaf.tokens().length];
                System.arraycopy(logprobs, begin, path, 0, shared);
                System.arraycopy(logprobs, at, path, shared, leaf.tokens().length);
                at += leaf.tokens().length;
                paths.add(path);
            }
            begin = at;
        }
        return paths;
    }

    /** The other way round: gradients of the paths, added up where paths share a token. */
    double[] gather(List<double[]> gradients) {
        double[] sums = new double[targets.length];
        int begin = 0;
        int path = 0;
        for (TokenTree tree : trees) {
            int at = begin + stem(tree);
            for (TokenTree.Leaf leaf : tree.leaves()) {
                double[] gradient = gradients.get(path++);
                int shared = tree.stemScored() ? leaf.shared() : 0;
                for (int i = 0; i < shared; i++) {
                    sums[begin + i] += gradient[i];
                }
                for (int i = 0; i < leaf.tokens().length; i++) {
                    sums[at++] += gradient[shared + i];
                }
            }
            begin = at;
        }
        return sums;
    }
}
