package org.espalier.srpo.objective;

import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.espalier.core.PathTree;
import org.espalier.core.settings.Setting;
import org.espalier.core.settings.SettingKey;
import org.espalier.srpo.tree.PathTokens;
import org.espalier.srpo.tree.TokenTree;

/** Direct Preference Optimization: complete correct paths against complete incorrect ones, measured from the base model. */
public record Dpo(
        @Setting(help = "DPO's beta.", flag = "dpo-beta", above = 0)
        double beta,

        @Setting(help = WholePaths.ALL_PAIRS) boolean allPairs)
        implements Objective {
    /** The baseline of the paper's figures. */
    public static final Dpo PAPER = new Dpo(
            0.1, // ours: the usual value
            false); // RPO: a single pair a question

    /** @throws org.espalier.core.InputException if beta is not more than 0 */
    public Dpo {
        SettingKey.check(Dpo.class, beta, allPairs);
    }

    @Override
    public String name() {
        return "dpo";
    }

    @Override
    public Optional<TokenTree> select(PathTree question, PathTokens tokens, SplittableRandom random) {
        return WholePaths.select(question, tokens, allPairs, random);
    }

    @Override
    public String requirement() {
        return WholePaths.REQUIREMENT;
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.BASE);
    }

    @Override
    public Evaluation evaluate(Scores scores) {
        return WholePaths.evaluate(
                scores,
                (chosen, rejected) -> Losses.dpo(
                        scores.path(chosen),
                        scores.path(rejected),
                        beta,
                        Losses.sum(scores.base().get(chosen))
                                - Losses.sum(scores.base().get(rejected))));
    }
}
