package org.espalier.srpo.train;

import java.util.Arrays;
import java.util.Locale;
import org.espalier.model.family.ModelConfig;
import org.espalier.srpo.tree.TokenTree;

/** Says how long a question is that there is no memory for, and what to do about it. */
final class QuestionSize {
    /** A sentence. */
    static final String REMEDY =
            "Show a smaller picture, leave the question out, explore fewer branches, or end other programs.";

    private QuestionSize() {}

    /** A clause. */
    static String of(TokenTree tree, ModelConfig config) {
        int image = config.imageToken();
        long pictures =
                Arrays.stream(tree.prompt()).filter(token -> token == image).count();
        return String.format(
                Locale.ROOT, "its prompt and paths have %,d tokens, %,d of them of pictures", tree.tokens(), pictures);
    }
}
