package org.espalier.srpo.objective;

import org.espalier.core.settings.Setting;
import org.espalier.core.settings.SettingKey;

/** Odds Ratio Preference Optimization: imitates complete correct paths, and makes them likelier than incorrect ones. */
public record Orpo(
        @Setting(help = "ORPO's weight of the odds ratio.", flag = "orpo-weight", min = 0)
        double weight,

        @Setting(help = WholePaths.ALL_PAIRS) boolean allPairs)
        implements WholePaths {
    /** The baseline of the paper's figures. */
    public static final Orpo PAPER = new Orpo(
            0.1, // ours: the usual value
            false); // RPO: a single pair a question

    /** @throws org.espalier.core.InputException if the weight is less than 0 */
    public Orpo {
        SettingKey.check(Orpo.class, weight, allPairs);
    }

    @Override
    public String name() {
        return "orpo";
    }

    @Override
    public LossAndGradient contrast(Scores scores, int chosen, int rejected) {
        return Losses.orpo(scores.path(chosen), scores.path(rejected), weight);
    }
}
