package org.espalier.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.espalier.core.text.StepSplitter;
import org.espalier.srpo.explore.BranchFrom;
import org.espalier.srpo.explore.ExploreSettings;
import org.espalier.srpo.train.TrainSettings;
import org.junit.jupiter.api.Test;

/** Pins every value of the preset "paper" to the words it comes from. */
class PaperPresetTest {
    private static final Recipes PAPER = Recipes.read(Optional.empty(), Map.of());
    private final ExploreSettings explore = PAPER.explore().settings();
    private final TrainSettings train = PAPER.train().settings();

    @Test
    void takesWhatThePaperStates() {
        assertThat(train.rank()).as("\"a LoRA rank of 8\"").isEqualTo(8);
        assertThat(train.learningRate()).as("\"a learning rate of 5e-5\"").isEqualTo(5e-5);
        assertThat(train.batch()).as("\"a fixed batch size of 8\"").isEqualTo(8);
        assertThat(train.lambda()).as("\"The loss weight λ is set to 0.3\"").isEqualTo(0.3);
        assertThat(explore.temperature())
                .as("\"a fixed temperature parameter of 0.5 to sample multiple outputs from the model\"")
                .isEqualTo(0.5);
        assertThat(explore.branchFrom())
                .as("Eq. 4: \"based on the preceding steps of a generated reasoning path\"")
                .isEqualTo(BranchFrom.TRUNK);
    }

    @Test
    void readsTheEquationsLiterally() {
        assertThat(train.reference())
                .as("Eq. 5: an expectation over the steps of log p of a step")
                .isEqualTo(TrainSettings.Reference.STEP_MEAN);
        assertThat(train.likelihood()).as("Eq. 7: log p of a path").isEqualTo(TrainSettings.Likelihood.SUM);
        assertThat(train.alignment()).as("Eq. 6").isEqualTo(TrainSettings.Alignment.LOG_RATIO);
        assertThat(train.overPairs()).as("Eq. 8: a sum over i").isEqualTo(TrainSettings.Reduction.SUM);
        assertThat(train.pairsPerStep()).as("one pair (τ_i+, τ_i−) a step").isEqualTo(1);
        assertThat(train.refresh()).as("explored once").isZero();
        assertThat(explore.branchLastStep()).as("Eq. 8: i = 1...T-1").isFalse();
        assertThat(explore.trunkAsFavorable()).as("both branches are sampled").isFalse();
        assertThat(explore.skipAfterOneSided()).as("every step is explored").isFalse();
    }

    @Test
    void fillsGapsFromRpo() {
        assertThat(train.alpha()).as("RPO: default 16 = 2r").isEqualTo(16);
        assertThat(train.dropout()).as("RPO: disabled in training").isZero();
        assertThat(train.epochs()).as("RPO: 3 epochs").isEqualTo(3);
        assertThat(train.schedule()).as("RPO: cosine").isEqualTo(TrainSettings.Schedule.COSINE);
        assertThat(train.warmUpSteps()).as("RPO: 100 warm-up steps").isEqualTo(100);
        assertThat(train.k()).as("RPO: no such factor, so k = 1").isEqualTo(1);
        assertThat(train.allPairs()).as("RPO: use_single_pair_only").isFalse();
        assertThat(explore.trunkAttempts())
                .as("RPO: first correct of 10 samples")
                .isEqualTo(10);
        assertThat(explore.branchSamples()).as("RPO: 10 continuations").isEqualTo(10);
        assertThat(explore.maxTokens()).as("RPO: max 512 new tokens").isEqualTo(512);
    }

    @Test
    void agreesWithTheRoomThatExplores() {
        assertThat(explore).isEqualTo(ExploreSettings.PAPER);
    }

    @Test
    void choosesTheRestItself() {
        assertThat(train.method()).isEqualTo(TrainSettings.Method.SRPO);
        assertThat(train.targets())
                .as("all seven linear kinds of the language model")
                .containsExactly("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj");
        assertThat(train.warmUpShare()).as("100 steps, at most 10 %").isEqualTo(0.1);
        assertThat(train.beta1()).isEqualTo(0.9);
        assertThat(train.beta2()).isEqualTo(0.999);
        assertThat(train.epsilon()).isEqualTo(1e-8);
        assertThat(train.weightDecay()).as("no weight decay").isZero();
        assertThat(train.clip()).as("clip 1.0").isEqualTo(1);
        assertThat(train.sftOn()).as("SFT on the reference path").isEqualTo(TrainSettings.SftOn.REFERENCE);
        assertThat(train.dpoBeta()).isEqualTo(0.1);
        assertThat(train.orpoWeight()).isEqualTo(0.1);
        assertThat(PAPER.run().settings().seed()).isZero();
        assertThat(explore.steps()).isEqualTo(StepSplitter.Style.AUTO);
        assertThat(explore.groupSize()).isEqualTo(16);
        assertThat(explore.examples()).as("m = 2").isEqualTo(2);
        assertThat(explore.examplesWithPictures()).as("with pictures").isTrue();
    }
}
