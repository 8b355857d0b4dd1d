package org.espalier.srpo.tree;

import java.util.ArrayList;
import java.util.List;

/**
 * Which tokens of a tree are scored, and where the hidden state lies that predicts each.
 *
 * @param predicting place on the token axis, one a scored token
 * @param targets the scored tokens: the stem's (if scored), then each leaf's
 * @param stem how many stem tokens are scored
 */
record ScoredTokens(long[] predicting, long[] targets, int stem) {
    static ScoredTokens of(TokenTree tree) {
        int stem = tree.stemScored() ? tree.usedStem() : 0;
        int prompt = tree.prompt().length;
        int count = stem
                + tree.leaves().stream().mapToInt(leaf -> leaf.tokens().length).sum();
        long[] predicting = new long[count];
        long[] targets = new long[count];
        int at = 0;
        for (int i = 0; i < stem; i++) {
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
        return new ScoredTokens(predicting, targets, stem);
    }

    /** Each path's log-probabilities: its part of the stem where scored, then its leaf. */
    List<double[]> paths(TokenTree tree, float[] logprobs) {
        List<double[]> paths = new ArrayList<>();
        int at = stem;
        for (TokenTree.Leaf leaf : tree.leaves()) {
            int shared = tree.stemScored() ? leaf.shared() : 0;
            double[] path = new double[shared + leaf.tokens().length];
            for (int i = 0; i < shared; i++) {
                path[i] = logprobs[i];
            }
            for (int i = 0; i < leaf.tokens().length; i++) {
                path[shared + i] = logprobs[at++];
            }
            paths.add(path);
        }
        return paths;
    }

    /** The other way round: gradients of the paths, added up where paths share a token. */
    float[] gather(TokenTree tree, List<double[]> gradients) {
        double[] sums = new double[targets.length];
        int at = stem;
        for (int n = 0; n < tree.leaves().size(); n++) {
            TokenTree.Leaf leaf = tree.leaves().get(n);
            double[] gradient = gradients.get(n);
            int shared = tree.stemScored() ? leaf.shared() : 0;
            for (int i = 0; i < shared; i++) {
                sums[i] += gradient[i];
            }
            for (int i = 0; i < leaf.tokens().length; i++) {
                sums[at++] += gradient[shared + i];
            }
        }
        float[] gathered = new float[sums.length];
        for (int i = 0; i < sums.length; i++) {
            gathered[i] = (float) sums[i];
        }
        return gathered;
    }
}
