package org.espalier.srpo.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.espalier.core.text.StepSplitter;
import org.espalier.srpo.explore.ExploreSettings;
import org.espalier.srpo.objective.Dpo;
import org.espalier.srpo.objective.Objective;
import org.espalier.srpo.objective.Objectives;
import org.espalier.srpo.objective.Orpo;
import org.espalier.srpo.objective.Sft;
import org.espalier.srpo.objective.Srpo;
import org.junit.jupiter.api.Test;

/** Pins every value of the preset "paper" to the words it comes from. */
class PaperPresetTest {
    private final ExploreSettings explore = ExploreSettings.PAPER;
    private final TrainSettings train = TrainSettings.PAPER;
    private final Srpo srpo = Srpo.PAPER;

    @Test
    void takesWhatThePaperStates() {
        assertThat(train.lora().rank()).as("\"a LoRA rank of 8\"").isEqualTo(8);
        assertThat(train.learningRate().learningRate())
                .as("\"a learning rate of 5e-5\"")
                .isEqualTo(5e-5);
        assertThat(train.batch()).as("\"a fixed batch size of 8\"").isEqualTo(8);
        assertThat(srpo.lambda()).as("\"The loss weight λ is set to 0.3\"").isEqualTo(0.3);
        assertThat(explore.temperature())
                .as("\"a fixed temperature parameter of 0.5 to sample multiple outputs from the model\"")
                .isEqualTo(0.5);
        assertThat(explore.branchFrom())
                .as("Eq. 4: \"based on the preceding steps of a generated reasoning path\"")
                .isEqualTo(ExploreSettings.BranchFrom.TRUNK);
    }

    @Test
    void readsTheEquationsLiterally() {
        assertThat(srpo.reference())
                .as("Eq. 5: an expectation over the steps of log p of a step")
                .isEqualTo(Srpo.Reference.STEP_MEAN);
        assertThat(srpo.likelihood()).as("Eq. 7: log p of a path").isEqualTo(Srpo.Likelihood.SUM);
        assertThat(srpo.alignment()).as("Eq. 6").isEqualTo(Srpo.Alignment.LOG_RATIO);
        assertThat(srpo.overPairs()).as("Eq. 8: a sum over i").isEqualTo(Srpo.Reduction.SUM);
        assertThat(srpo.pairsPerStep()).as("one pair (τ_i+, τ_i−) a step").isEqualTo(1);
        assertThat(train.refresh()).as("explored once").isZero();
        assertThat(explore.branchLastStep()).as("Eq. 8: i = 1...T-1").isFalse();
        assertThat(explore.trunkAsFavorable()).as("both branches are sampled").isFalse();
        assertThat(explore.skipAfterOneSided()).as("every step is explored").isFalse();
    }

    @Test
    void fillsGapsFromRpo() {
        assertThat(train.lora().alpha()).as("RPO: default 16 = 2r").isEqualTo(16);
        assertThat(train.lora().dropout()).as("RPO: disabled in training").isZero();
        assertThat(train.epochs()).as("RPO: 3 epochs").isEqualTo(3);
        assertThat(train.learningRate().schedule()).as("RPO: cosine").isEqualTo(LearningRate.Schedule.COSINE);
        assertThat(train.learningRate().warmUpSteps())
                .as("RPO: 100 warm-up steps")
                .isEqualTo(100);
        assertThat(srpo.k()).as("RPO: no such factor, so k = 1").isEqualTo(1);
        assertThat(Dpo.PAPER.allPairs()).as("RPO: use_single_pair_only").isFalse();
        assertThat(Orpo.PAPER.allPairs()).as("RPO: use_single_pair_only").isFalse();
        assertThat(explore.trunkAttempts())
                .as("RPO: first correct of 10 samples")
                .isEqualTo(10);
        assertThat(explore.branchSamples()).as("RPO: 10 continuations").isEqualTo(10);
        assertThat(explore.maxTokens()).as("RPO: max 512 new tokens").isEqualTo(512);
    }

    @Test
    void choosesTheRestItself() {
        assertThat(train.objective()).isEqualTo(srpo);
        assertThat(Objectives.PAPER)
                .extracting(Objective::name)
                .containsExactly("srpo", "sft", "dpo", "orpo", "advantage");
        assertThat(train.lora().targets())
                .as("every linear module of the language model")
                .containsExactly("language-model");
        assertThat(train.learningRate().warmUpShare())
                .as("100 steps, at most 10 %")
                .isEqualTo(0.1);
        assertThat(train.optimizer().beta1()).isEqualTo(0.9);
        assertThat(train.optimizer().beta2()).isEqualTo(0.999);
        assertThat(train.optimizer().epsilon()).isEqualTo(1e-8);
        assertThat(train.optimizer().weightDecay()).as("no weight decay").isZero();
        assertThat(train.optimizer().clip()).as("clip 1.0").isEqualTo(1);
        assertThat(Sft.PAPER.on()).as("SFT on the reference path").isEqualTo(Sft.On.REFERENCE);
        assertThat(Dpo.PAPER.beta()).isEqualTo(0.1);
        assertThat(Orpo.PAPER.weight()).isEqualTo(0.1);
        assertThat(explore.steps()).isEqualTo(StepSplitter.Style.AUTO);
        assertThat(explore.groupSize()).isEqualTo(16);
        assertThat(explore.examples()).as("m = 2").isEqualTo(2);
        assertThat(explore.examplesWithPictures()).as("with pictures").isTrue();
    }
}
