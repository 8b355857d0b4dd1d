package org.espalier.srpo.objective;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.espalier.core.PathTree;
import org.espalier.core.settings.Setting;
import org.espalier.core.settings.SettingKey;
import org.espalier.srpo.tree.PathTokens;
import org.espalier.srpo.tree.TokenTree;

/** Supervised fine-tuning: makes the reference path, or its answer alone, likely. Uses no branch. */
public record Sft(
        @Setting(help = "What SFT is trained on.", flag = "sft-on")
        On on) implements Objective {
    /** The baseline of the paper's figures. */
    public static final Sft PAPER = new Sft(
            On.REFERENCE); // ours: "the input question and the ground-truth answer" alone ends step-by-step reasoning

    /** What supervised training imitates. */
    public enum On {
        REFERENCE,
        ANSWER_ONLY
    }

    public Sft {
        SettingKey.check(Sft.class, on);
    }

    @Override
    public String name() {
        return "sft";
    }

    @Override
    public Optional<TokenTree> select(PathTree question, PathTokens tokens, SplittableRandom random) {
        int[] path = on == On.REFERENCE
                ? tokens.reference()
                : tokens.finished(question.reference().getLast());
        return Optional.of(new TokenTree(tokens.prompt(), new int[0], List.of(new TokenTree.Leaf(0, path)), false));
    }

    @Override
    public Evaluation evaluate(Scores scores) {
        return scores.terms().single(0, Losses.tokenMean(scores.path(0)), 1).evaluation();
    }
}
