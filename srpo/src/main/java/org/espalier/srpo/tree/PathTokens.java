package org.espalier.srpo.tree;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.espalier.core.Branch;
import org.espalier.core.Continuation;
import org.espalier.core.PathTree;
import org.espalier.core.ReasoningPath;
import org.espalier.model.chat.ChatFormat;

/**
 * The token ids of a question's prompt and paths: those that were drawn, or, where another tokenizer drew them, a path holds
 * the token of a picture, or only texts are known, the texts encoded anew and split at the longest common token prefix.
 */
public final class PathTokens {
    private final PathTree tree;
    private final int[] prompt;
    private final ChatFormat chat;
    private final boolean drawn;
    private final Borders borders;

    /** Where the tokens of a text lie in it. */
    @FunctionalInterface
    public interface Borders {
        /** How many tokens, from the first, hold the text's first characters. */
        int tokens(String text, int[] ids, int chars);
    }

    /**
     * Of one question.
     *
     * @param prompt its token ids, pictures included, without demonstrations
     * @param tokenizer hash of the tokenizer behind {@code chat}
     * @param borders that tokenizer's
     */
    public PathTokens(PathTree tree, int[] prompt, ChatFormat chat, String tokenizer, Borders borders) {
        this.borders = borders;
        this.tree = tree;
        this.prompt = prompt;
        this.chat = chat;
        this.drawn = tree.origin().tokenizer().equals(tokenizer) && !holds(tree, chat.image());
    }

    /** Whether a model wrote a picture's token into a path: no text holds it, and no picture would stand there. */
    private static boolean holds(PathTree tree, int image) {
        return Stream.concat(
                        tree.trunk().map(PathTree.Trunk::path).stream(),
                        Stream.concat(
                                tree.attempts().stream().map(PathTree.Attempt::path),
                                tree.branches().stream().map(Branch::continuation)))
                .anyMatch(path -> path.tokens().contains(image));
    }

    /** The prompt: a training sequence has p(τ|Q) (Eq. 6), so it holds no demonstrations. */
    public int[] prompt() {
        return prompt;
    }

    /** The reference path, end token included. */
    public int[] reference() {
        return finished(new ReasoningPath(tree.reference()).text());
    }

    /** A whole answer, end token included. */
    public int[] finished(String text) {
        return chat.finished(text);
    }

    /** The trunk that branches leave, for a tree's stem; empty where there is none. */
    public int[] trunk() {
        return tree.trunk()
                .map(PathTree.Trunk::path)
                .map(path -> drawn && !path.tokens().isEmpty() ? array(path.tokens()) : chat.answer(path.text()))
                .orElse(new int[0]);
    }

    /** The trunk as an answer, end token included. */
    public Optional<int[]> finishedTrunk() {
        return tree.trunk()
                .map(PathTree.Trunk::path)
                .map(path -> drawn && !path.tokens().isEmpty() ? array(path.tokens()) : finished(path.text()));
    }

    /** A branch after the part of the stem that it shares. */
    public TokenTree.Leaf branch(Branch branch, int[] stem, double weight) {
        return branch(branch, Integer.MAX_VALUE, stem, weight);
    }

    /**
     * The beginning of a branch.
     *
     * @param steps how many of its own steps it is taken to the end of, at least one; with as many as it has, or more, it is whole
     */
    public TokenTree.Leaf branch(Branch branch, int steps, int[] stem, double weight) {
        Continuation own = branch.continuation();
        OptionalInt end = steps < branch.steps().size()
                ? end(
                        tree.whole(branch),
                        branch.sharedSteps() + steps,
                        branch.cut().chars())
                : OptionalInt.empty();
        if (drawn && !own.tokens().isEmpty()) {
            int[] tokens = array(own.tokens());
            return new TokenTree.Leaf(
                    branch.cut().tokens(),
                    end.isEmpty()
                            ? tokens
                            : beginning(
                                    own.text(),
                                    tokens,
                                    end.getAsInt() - branch.cut().chars()),
                    weight);
        }
        PathTree.WholePath path = tree.whole(branch);
        int[] tokens = whole(path);
        return leaf(end.isEmpty() ? tokens : beginning(path.text(), tokens, end.getAsInt()), stem, weight);
    }

    /** Where a path's step ends in its text, after {@code from}; empty where its steps are not found in it as they are. */
    private static OptionalInt end(PathTree.WholePath path, int step, int from) {
        int at = 0;
        for (String one : path.steps().subList(0, step)) {
            int start = path.text().indexOf(one, at);
            if (start < 0) {
                return OptionalInt.empty();
            }
            at = start + one.length();
        }
        return at > from ? OptionalInt.of(at) : OptionalInt.empty();
    }

    /** The tokens that hold the first characters of a text. */
    private int[] beginning(String text, int[] tokens, int chars) {
        return Arrays.copyOf(tokens, Math.clamp(borders.tokens(text, tokens, chars), 1, tokens.length));
    }

    /** A whole path, with the end token where the model wrote it. */
    public int[] whole(PathTree.WholePath path) {
        if (drawn && !path.tokens().isEmpty()) {
            return array(path.tokens());
        }
        return path.end() == Continuation.End.FINISHED ? finished(path.text()) : chat.answer(path.text());
    }

    /** A path after the longest beginning that it has in common with the stem; at least its last token is its own. */
    public static TokenTree.Leaf leaf(int[] path, int[] stem, double weight) {
        int most = Math.min(path.length - 1, stem.length);
        int shared = 0;
        while (shared < most && path[shared] == stem[shared]) {
            shared++;
        }
        return new TokenTree.Leaf(shared, Arrays.copyOfRange(path, shared, path.length), weight);
    }

    private static int[] array(List<Integer> tokens) {
        return tokens.stream().mapToInt(Integer::intValue).toArray();
    }
}
