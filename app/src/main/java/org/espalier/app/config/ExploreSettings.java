package org.espalier.app.config;

/** How reasoning branches are drawn (Eq. 1-4). The defaults are the {@code paper} preset. */
public record ExploreSettings(
        @Setting(value = "Temperature that paths are sampled at.", min = 0, above = true, max = 100)
        double temperature,

        @Setting(
                value = "Keep the smallest set of tokens whose probability reaches this.",
                min = 0,
                above = true,
                max = 1)
        double topP,

        @Setting(value = "Keep the k most likely tokens; 0 keeps all.", min = 0)
        int topK,

        @Setting(value = "New tokens at most, per path.", min = 1, max = 1 << 20)
        int maxNewTokens,

        @Setting(value = "Tries for a correct trunk before a question is given up.", min = 1, max = 10_000)
        int trunkTries,

        @Setting(value = "Branches at most, per step.", min = 1, max = 10_000)
        int branchTries,

        @Setting("Which path is branched.") BranchFrom branchFrom,

        @Setting(value = "Solved questions shown before the prompt (m of D_c).", min = 0, max = 100)
        int examples,

        @Setting("Whether the pictures of the solved questions are shown too.")
        boolean examplesWithPictures,

        @Setting("Leave out later steps after the first that gave no unfavorable branch.")
        boolean skipFruitless,

        @Setting("Count the trunk itself as a favorable branch.")
        boolean trunkAsFavorable,

        @Setting("Branch before the last step too.") boolean branchLastStep,
        @Setting("Names the random numbers of the run.") long seed) {

    /** Which path the branches grow from. */
    public enum BranchFrom {
        /** The model's own correct path; a question without one gives no pair. */
        TRUNK,
        /** The reference path of the data. */
        REFERENCE,
        /** The model's own path where there is one, else the reference path. */
        TRUNK_ELSE_REFERENCE
    }
}
