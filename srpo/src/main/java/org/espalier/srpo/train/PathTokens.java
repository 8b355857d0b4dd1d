package org.espalier.srpo.train;

import java.util.Arrays;
import java.util.List;
import org.espalier.core.Branch;
import org.espalier.core.Continuation;
import org.espalier.core.PathTree;
import org.espalier.model.ModelFolder;
import org.espalier.srpo.tree.TokenTree;

/**
 * The token ids of a tree's paths: those that were drawn, or, where another tokenizer drew them or only texts are
 * known, the texts encoded anew and split at the longest common token prefix.
 */
final class PathTokens {
    private final ModelFolder model;
    private final boolean drawn;

    PathTokens(ModelFolder model, PathTree tree) {
        this.model = model;
        this.drawn = tree.origin().tokenizer().equals(model.tokenizer().sha256());
    }

    /** The whole path, with the end token where the model wrote it. */
    int[] of(PathTree.WholePath path) {
        if (drawn && !path.tokens().isEmpty()) {
            return array(path.tokens());
        }
        return path.end() == Continuation.End.FINISHED
                ? model.chat().finished(path.text())
                : model.chat().answer(path.text());
    }

    /** The trunk that branches leave. */
    int[] stem(PathTree.Trunk trunk) {
        return drawn && !trunk.path().tokens().isEmpty()
                ? array(trunk.path().tokens())
                : model.chat().answer(trunk.path().text());
    }

    /** A branch behind the part of the stem that it shares. */
    TokenTree.Leaf leaf(PathTree tree, Branch branch, int[] stem) {
        if (drawn && !branch.continuation().tokens().isEmpty()) {
            return new TokenTree.Leaf(
                    branch.cut().tokens(), array(branch.continuation().tokens()));
        }
        return leaf(of(tree.whole(branch)), stem);
    }

    /** A path behind the longest beginning that it has in common with the stem; at least its last token is its own. */
    static TokenTree.Leaf leaf(int[] path, int[] stem) {
        int most = Math.min(path.length - 1, stem.length);
        int shared = 0;
        while (shared < most && path[shared] == stem[shared]) {
            shared++;
        }
        return new TokenTree.Leaf(shared, Arrays.copyOfRange(path, shared, path.length));
    }

    private static int[] array(List<Integer> tokens) {
        return tokens.stream().mapToInt(Integer::intValue).toArray();
    }
}
