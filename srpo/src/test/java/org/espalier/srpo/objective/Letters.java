package org.espalier.srpo.objective;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.espalier.core.Branch;
import org.espalier.core.Continuation;
import org.espalier.core.Cut;
import org.espalier.core.PathTree;
import org.espalier.core.Turn;
import org.espalier.core.Verifier;
import org.espalier.model.chat.ChatFormat;
import org.espalier.model.chat.PromptTokens;
import org.espalier.model.chat.TrainingTokens;
import org.espalier.srpo.tree.PathTokens;
import org.espalier.srpo.tree.TokenTree;

/**
 * A tokenizer whose tokens are letters, so that trees of tokens can be read, and questions in it. A line end is written
 * {@code /}, the end token {@code .}; what was drawn has capital letters, to be told from what was encoded anew.
 */
final class Letters implements ChatFormat {
    private static final String HASH = "letters";
    private static final int[] PROMPT = ids("Q?");

    /** Two steps after which branches were drawn, and a reference path of two steps. */
    static PathTree question(String id, boolean drawn, List<Branch> branches) {
        Continuation trunk = continuation("ta/tb/tc", drawn);
        return new PathTree(
                id,
                "picture.png",
                "?",
                "rb",
                Optional.empty(),
                List.of(),
                true,
                List.of("ra", "rb"),
                Optional.of(new PathTree.Trunk(OptionalInt.of(0), trunk, List.of("ta", "tb", "tc"))),
                List.of(new PathTree.Attempt(0, trunk, List.of("ta", "tb", "tc"), Verifier.Verdict.CORRECT)),
                branches,
                new PathTree.Outcome(PathTree.Outcome.Kind.PAIRED, ""),
                new PathTree.Origin("", drawn ? HASH : "another", "", 0, 0.5));
    }

    /** A branch after so many steps of the trunk. */
    static Branch branch(int sharedSteps, int sample, String text, boolean correct, boolean drawn) {
        return new Branch(
                sharedSteps,
                new Cut(3 * sharedSteps, 3 * sharedSteps),
                sample,
                continuation(text, drawn),
                List.of(text.split("/")),
                correct ? Verifier.Verdict.CORRECT : Verifier.Verdict.wrong("wrong"));
    }

    private static Continuation continuation(String text, boolean drawn) {
        List<Integer> tokens = drawn
                ? IntStream.of(ids(text.toUpperCase(java.util.Locale.ROOT) + "."))
                        .boxed()
                        .toList()
                : List.of();
        return new Continuation(text.replace('/', '\n'), tokens, List.of(), Continuation.End.FINISHED);
    }

    static PathTokens tokens(PathTree question) {
        return new PathTokens(question, PROMPT, new Letters(), HASH, (_, _, chars) -> chars);
    }

    /** A tree as text: stem, then for each leaf the shared tokens, its own, its weight. */
    static List<String> rows(TokenTree tree) {
        List<String> rows = new ArrayList<>();
        rows.add(text(tree.prompt()) + " " + text(tree.stem()));
        tree.leaves().forEach(leaf -> rows.add(leaf.shared() + " " + text(leaf.tokens()) + " " + leaf.weight()));
        return rows;
    }

    private static String text(int[] ids) {
        return IntStream.of(ids).mapToObj(Character::toString).collect(Collectors.joining());
    }

    private static int[] ids(String text) {
        return text.replace('\n', '/').chars().toArray();
    }

    @Override
    public PromptTokens prompt(List<Turn> conversation, IntUnaryOperator imageTokens) {
        return new PromptTokens(PROMPT, List.of(Path.of("picture.png")));
    }

    @Override
    public TrainingTokens training(List<Turn> conversation, IntUnaryOperator imageTokens, TrainingTokens.Turns turns) {
        throw new UnsupportedOperationException("objectives are asked for answers alone");
    }

    @Override
    public int[] answer(String text) {
        return ids(text);
    }

    @Override
    public int end() {
        return '.';
    }

    @Override
    public int image() {
        return '#';
    }
}
