package org.espalier.srpo.train;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import org.espalier.core.Branch;
import org.espalier.core.Continuation;
import org.espalier.core.InputException;
import org.espalier.core.PathTree;
import org.espalier.model.chat.Tokenizer;

/**
 * Whether the texts of a tree are those of its tokens: a file that was changed may show the one and train on the other.
 *
 * @param tokenizer that drew the tokens
 */
record DrawnTexts(Tokenizer tokenizer) {
    /** @throws InputException if a text is another, naming the question */
    void check(PathTree tree) {
        for (int i = 0; i < tree.attempts().size(); i++) {
            path(tree, "attempts[" + i + "]", tree.attempts().get(i).path());
        }
        tree.trunk().ifPresent(trunk -> path(tree, "trunk", trunk.path()));
        for (int i = 0; i < tree.branches().size(); i++) {
            Branch branch = tree.branches().get(i);
            String name = "branches[" + i + "]";
            path(tree, name, branch.continuation());
            Continuation trunk = tree.trunk().orElseThrow().path();
            List<Integer> tokens = trunk.tokens();
            if (!tokens.isEmpty()
                    && !same(
                            text(tokens.subList(0, branch.cut().tokens())),
                            trunk.text().substring(0, branch.cut().chars()))) {
                throw differs(tree, name + ".cut");
            }
        }
    }

    private void path(PathTree tree, String name, Continuation path) {
        if (path.tokens().isEmpty()) {
            return;
        }
        String said = text(path.tokens());
        boolean stopped = path.end() == Continuation.End.STOPPED;
        if (!(stopped ? form(said).startsWith(form(path.text())) : same(said, path.text()))) {
            throw differs(tree, name);
        }
    }

    private static InputException differs(PathTree tree, String name) {
        return new InputException("the tree of question " + tree.id() + ": " + name
                + " has tokens of another text than it shows: the file was changed; explore again");
    }

    private String text(List<Integer> tokens) {
        return tokenizer.decode(tokens.stream().mapToInt(Integer::intValue).toArray());
    }

    private static boolean same(String one, String other) {
        return one.equals(other) || form(one).equals(form(other));
    }

    /** As tokenizers bring a text to tokens. */
    private static String form(String text) {
        String whole = new String(text.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE);
        return Normalizer.normalize(whole, Normalizer.Form.NFC);
    }
}
