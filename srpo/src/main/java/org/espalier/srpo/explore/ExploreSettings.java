package org.espalier.srpo.explore;

import org.espalier.core.text.StepSplitter;

/**
 * The settings of exploration.
 *
 * @param temperature of every draw, "temperature sampling" of Eq. 4; the paper's experiments: T = 0.5
 * @param trunkAttempts paths drawn at most until one is correct (Eq. 2, 3); the paper sets no bound, its ancestor RPO
 *     samples 10
 * @param branchSamples branches drawn at most at a step until one is favorable and one unfavorable; RPO samples 10
 * @param maxTokens new tokens of a path or branch at most; RPO: 512
 * @param examples m, how many solved questions D_c holds; the paper leaves m open; ours: 2
 * @param examplesWithPictures whether D_c shows their pictures too: "each example consists of a question", and a
 *     question is an image-text pair
 * @param branchFrom which path is branched; Eq. 4: "a generated reasoning path"
 * @param skipAfterOneSided leaves out the later steps of a question once a step had no unfavorable branch; ours, off in
 *     the paper's method
 * @param trunkAsFavorable counts a sampled trunk's own continuation as the favorable branch of each step, so that only
 *     unfavorable ones are drawn for; ours, off in the paper's method
 * @param branchLastStep branches before the last step too; Eq. 8 sums over i = 1 … T − 1, that is 0 … T − 2 shared
 *     steps; ours, off in the paper's method
 * @param steps what separates steps; the paper leaves it open
 * @param groupSize questions explored together; changes the speed, not the result (but for rounding inside a model
 *     whose arithmetic depends on the batch)
 */
public record ExploreSettings(
        double temperature,
        int trunkAttempts,
        int branchSamples,
        int maxTokens,
        int examples,
        boolean examplesWithPictures,
        BranchFrom branchFrom,
        boolean skipAfterOneSided,
        boolean trunkAsFavorable,
        boolean branchLastStep,
        StepSplitter.Style steps,
        int groupSize) {

    /** As the paper has it, and where it is silent as said at each setting. */
    public static final ExploreSettings PAPER = new ExploreSettings(
            0.5, 10, 10, 512, 2, true, BranchFrom.TRUNK, false, false, false, StepSplitter.Style.AUTO, 16);

    public ExploreSettings {
        if (!(temperature >= 0 && temperature <= 100)) {
            throw new IllegalArgumentException("temperature " + temperature + " is not between 0 and 100");
        }
        atLeast("trunk attempts", trunkAttempts, 1);
        atLeast("branch samples", branchSamples, 1);
        atLeast("max tokens", maxTokens, 1);
        atLeast("examples", examples, 0);
        atLeast("group size", groupSize, 1);
    }

    private static void atLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " " + value + " is less than " + least);
        }
    }
}
