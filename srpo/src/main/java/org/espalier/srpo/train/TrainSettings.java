package org.espalier.srpo.train;

import java.util.List;
import org.espalier.core.settings.Setting;
import org.espalier.core.settings.SettingKey;
import org.espalier.model.lora.AdamW;
import org.espalier.model.lora.LoraSettings;
import org.espalier.model.lora.Targets;
import org.espalier.srpo.objective.Objective;
import org.espalier.srpo.objective.Srpo;
import org.espalier.srpo.train.LearningRate.Schedule;

/**
 * How an adapter is trained: {@code TrainSettings.PAPER.withObjective(Dpo.PAPER).withEpochs(1)}.
 *
 * @param objective what is minimised
 */
public record TrainSettings(
        Objective objective,
        LoraSettings lora,
        AdamW.Settings optimizer,
        LearningRate learningRate,

        @Setting(help = "Questions a step; the loss is the mean over them.", min = 1, max = 1048576)
        int batch,

        @Setting(help = "Passes over the questions.", min = 1, max = 100000)
        int epochs,

        @Setting(help = "Explore again with the current model so many times.", min = 0, max = 1000)
        int refresh,

        @Setting(help = "Weigh questions so that unsafe and safe ones count the same altogether.")
        boolean balance) {

    /** As "SRPO" states it; where it is silent as its ancestor RPO has it, and where both are, ours. */
    public static final TrainSettings PAPER = new TrainSettings(
            Srpo.PAPER,
            new LoraSettings(
                    8, // paper: "a LoRA rank of 8"
                    16, // RPO: twice the rank
                    0, // RPO: off in training
                    Targets.LANGUAGE_MODEL.words()), // ours: every linear kind of the language model
            new AdamW.Settings(
                    0.9, // ours: AdamW's usual values, as the next two
                    0.999, 1e-8, 0, // ours
                    1), // ours
            new LearningRate(
                    5e-5, // paper: "a learning rate of 5e-5"
                    Schedule.COSINE, // RPO
                    100, // RPO
                    0.1), // ours: small data must not be all warm-up
            8, // paper: "a fixed batch size of 8"; RPO: an item is one question
            3, // RPO
            0, // paper: explored once, with the base model
            false); // an option of ours

    /** The same where the public code of RPO, the text-only ancestor, says nothing else. */
    public static final TrainSettings RPO = PAPER.withObjective(Srpo.RPO)
            .withLora(new LoraSettings(
                    8,
                    16, // RPO: twice the rank
                    0,
                    List.of(".*language_model.*\\.(q|v)_proj"))); // RPO: q_proj,v_proj, its vision tower frozen

    /** @throws org.espalier.core.InputException if a number is out of its range */
    public TrainSettings {
        SettingKey.check(
                TrainSettings.class, objective, lora, optimizer, learningRate, batch, epochs, refresh, balance);
    }

    public TrainSettings withObjective(Objective other) {
        return new TrainSettings(other, lora, optimizer, learningRate, batch, epochs, refresh, balance);
    }

    public TrainSettings withLora(LoraSettings other) {
        return new TrainSettings(objective, other, optimizer, learningRate, batch, epochs, refresh, balance);
    }

    public TrainSettings withLearningRate(LearningRate other) {
        return new TrainSettings(objective, lora, optimizer, other, batch, epochs, refresh, balance);
    }

    /** @param questions a step */
    public TrainSettings withBatch(int questions) {
        return new TrainSettings(objective, lora, optimizer, learningRate, questions, epochs, refresh, balance);
    }

    public TrainSettings withEpochs(int passes) {
        return new TrainSettings(objective, lora, optimizer, learningRate, batch, passes, refresh, balance);
    }

    /** How many steps a training takes on so many usable questions. */
    public long steps(int questions) {
        return Math.ceilDiv((long) questions * epochs, batch);
    }
}
