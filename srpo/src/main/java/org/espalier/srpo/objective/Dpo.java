package org.espalier.srpo.objective;

import java.util.Set;
import org.espalier.core.settings.Setting;
import org.espalier.core.settings.SettingKey;

/** Direct Preference Optimization: complete correct paths against complete incorrect ones, measured from the base model. */
public record Dpo(
        @Setting(help = "DPO's beta.", flag = "dpo-beta", above = 0)
        double beta,

        @Setting(help = WholePaths.ALL_PAIRS) boolean allPairs)
        implements WholePaths {
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
    public Set<Need> needs() {
        return Set.of(Need.BASE);
    }

    @Override
    public LossAndGradient contrast(Scores scores, int chosen, int rejected) {
        return Losses.dpo(
                scores.path(chosen),
                scores.path(rejected),
                beta,
                Losses.sum(scores.base().get(chosen)) - Losses.sum(scores.base().get(rejected)));
    }
}
