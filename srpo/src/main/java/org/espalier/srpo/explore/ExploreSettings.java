package org.espalier.srpo.explore;

import java.io.Serializable;
import java.util.Map;
import org.espalier.core.Labelled;
import org.espalier.core.settings.Setting;
import org.espalier.core.settings.SettingKey;
import org.espalier.core.settings.Settings;
import org.espalier.core.text.StepSplitter;

/**
 * The settings of exploration: {@code ExploreSettings.PAPER.withMaxTokens(96)}.
 *
 * @param temperature of every draw, "temperature sampling" of Eq. 4
 * @param trunkAttempts paths drawn at most until one is correct (Eq. 2, 3)
 * @param branchSamples branches drawn at most at a step until one is favorable and one unfavorable
 * @param examples m, how many solved questions D_c holds
 * @param trunkAsFavorable counts a sampled trunk's own continuation as the favorable branch of each step, so that only
 *     unfavorable ones are drawn for
 * @param branchLastStep branches before the last step too; Eq. 8 sums over i = 1 … T − 1, that is 0 … T − 2 shared
 *     steps
 * @param branchFromStep the first step branched, by {@link BranchedSteps}
 * @param stopAtPair draws no more branches at a step that has a pair; else {@code branchSamples} at every step
 * @param groupSize questions explored together; changes the speed, not the result (but for rounding inside a model
 *     whose arithmetic depends on the batch)
 */
public record ExploreSettings(
        @Setting(help = "Temperature that paths and branches are drawn at.", min = 0, max = 100)
        double temperature,

        @Setting(help = "Paths drawn at most until one is correct.", min = 1, max = 10000)
        int trunkAttempts,

        @Setting(help = "Branches drawn at most, per step.", min = 1, max = 10000)
        int branchSamples,

        @Setting(help = "New tokens at most, per path or branch.", min = 1, max = 1048576)
        int maxTokens,

        @Setting(help = "Solved questions shown before the prompt (m of D_c).", min = 0, max = 100)
        int examples,

        @Setting(help = "Whether their pictures are shown too.")
        boolean examplesWithPictures,

        @Setting(help = "Which path is branched.") BranchFrom branchFrom,

        @Setting(help = "Leave out the later steps of a question once a step had no unfavorable branch.")
        boolean skipAfterOneSided,

        @Setting(help = "Count the trunk's own continuation as the favorable branch.")
        boolean trunkAsFavorable,

        @Setting(help = "Branch before the last step too.") boolean branchLastStep,

        @Setting(help = "Where branches are drawn: " + BranchedSteps.HELP, min = -1000, max = 1000)
        int branchFromStep,

        @Setting(help = "Draw no more at a step once it has a favorable and an unfavorable branch.")
        boolean stopAtPair,

        @Setting(help = "What separates the steps of a path.")
        StepSplitter.Style steps,

        @Setting(
                help = "Questions explored together, for speed; texts stay the same, log-probabilities differ in"
                        + " their last digits.",
                min = 1,
                max = 100000)
        int groupSize)
        implements Serializable {
    /** Which path is branched: the paper says both (Eq. 4 and its introduction of the SSUI reference paths). */
    public enum BranchFrom implements Labelled {
        /** The model's own correct path; a question without one yields no tree. */
        TRUNK,
        /** The reference path of the data. */
        REFERENCE,
        /** The model's own correct path of at least two steps, else the reference path. */
        TRUNK_ELSE_REFERENCE;
    }

    /** As "SRPO" states it; where it is silent as its ancestor RPO has it, and where both are, ours. */
    public static final ExploreSettings PAPER = new ExploreSettings(
            0.5, // paper: "a fixed temperature parameter of 0.5 to sample multiple outputs from the model"
            10, // RPO: ten self-consistency samples
            10, // RPO: ten continuations a place; the paper stops earlier, at the first pair
            512, // RPO: at most 512 new tokens
            2, // ours: the paper leaves m open
            true, // ours: "each example consists of a question", and a question has a picture
            BranchFrom.TRUNK, // paper, Eq. 4: "a generated reasoning path"
            false, // an option of ours
            false, // an option of ours
            false, // an option of ours; Eq. 8 sums over i = 1...T-1
            1, // paper, Eq. 8: from the first place on
            true, // paper: "until" one of each kind is found
            StepSplitter.Style.AUTO, // ours: the paper does not say what separates steps
            16); // ours: changes the speed, not the result

    /** The same where RPO says nothing else. */
    public static final ExploreSettings RPO =
            Settings.with(PAPER, "steps", StepSplitter.Style.NEWLINE); // RPO: split at newline

    /** @throws org.espalier.core.InputException if a number is out of its range */
    public ExploreSettings {
        SettingKey.check(
                ExploreSettings.class,
                temperature,
                trunkAttempts,
                branchSamples,
                maxTokens,
                examples,
                examplesWithPictures,
                branchFrom,
                skipAfterOneSided,
                trunkAsFavorable,
                branchLastStep,
                branchFromStep,
                stopAtPair,
                steps,
                groupSize);
        BranchedSteps.check("branch-from-step", branchFromStep);
    }

    /** At most so many draws for a trunk, and for the branches of a step. */
    public ExploreSettings withTries(int trunk, int branches) {
        return Settings.with(this, Map.of("trunk-attempts", trunk, "branch-samples", branches));
    }

    public ExploreSettings withMaxTokens(int most) {
        return Settings.with(this, "max-tokens", most);
    }

    public ExploreSettings withExamples(int count, boolean pictures) {
        return Settings.with(this, Map.of("examples", count, "examples-with-pictures", pictures));
    }
}
