package org.espalier.model.lora;

import java.util.List;
import org.espalier.core.InputException;
import org.espalier.core.settings.Setting;
import org.espalier.core.settings.SettingKey;
import org.espalier.model.family.LinearModule;
import org.espalier.model.family.ModelConfig;

/** The shape of an adapter to be trained, and what it adapts. */
public record LoraSettings(
        @Setting(help = "Rank of the adapter.", min = 1, max = 4096)
        int rank,

        @Setting(help = "Scale of the adapter: its product is multiplied by alpha / rank.", above = 0)
        double alpha,

        @Setting(help = "Must be 0: two branches are compared under the same weights.", min = 0, max = 0)
        double dropout,

        @Setting(
                help =
                        "Linear modules that get an adapter: ends of names as q_proj, all-linear, a regular expression for whole names (all three also mean modules of the vision side that are called so, as in PEFT), or language-model.")
        List<String> targets) {
    /** @throws InputException if a number is out of its range, or a target means no module of any model */
    public LoraSettings {
        if (dropout != 0) {
            throw new InputException("dropout must be 0: two branches are compared under the same weights.");
        }
        SettingKey.check(LoraSettings.class, rank, alpha, dropout, targets);
        targets = new Targets(targets).words();
    }

    /**
     * The modules of a model that get an adapter.
     *
     * @throws InputException if a target means none of them
     */
    public List<LinearModule> modules(ModelConfig model) {
        return new Targets(targets).modules(model);
    }
}
