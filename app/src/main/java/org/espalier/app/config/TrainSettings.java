package org.espalier.app.config;

import java.util.List;

/** How an adapter is trained (Eq. 5-9, and the baselines). The defaults are the {@code paper} preset. */
public record TrainSettings(
        @Setting("Objective.") Method method,

        @Setting(value = "Rank of the adapter.", min = 1, max = 4096)
        int rank,

        @Setting(value = "Scale of the adapter: its product is multiplied by alpha / rank.", min = 0, above = true)
        double alpha,

        @Setting(value = "Share of the adapter's input that is dropped in training.", min = 0, max = 0.99)
        double dropout,

        @Setting("Kinds of linear layer that get an adapter.")
        List<String> targets,

        @Setting(value = "Highest learning rate.", min = 0, above = true, max = 10)
        double learningRate,

        @Setting(value = "Questions a step; the loss is the mean over them.", min = 1, max = 1 << 20)
        int batch,

        @Setting(value = "Passes over the questions.", min = 1, max = 100_000)
        int epochs,

        @Setting("How the learning rate goes down.") Schedule schedule,

        @Setting(value = "Steps in which the learning rate goes up from 0.", min = 0)
        int warmUpSteps,

        @Setting(value = "The same at most, as a share of all steps.", min = 0, max = 1)
        double warmUpShare,

        @Setting(value = "Decay of AdamW's mean.", min = 0, max = 0.9999999)
        double beta1,

        @Setting(value = "Decay of AdamW's variance.", min = 0, max = 0.9999999)
        double beta2,

        @Setting(value = "AdamW's epsilon.", min = 0, above = true)
        double epsilon,

        @Setting(value = "AdamW's weight decay.", min = 0) double weightDecay,

        @Setting(value = "Greatest norm of the gradient.", min = 0, above = true)
        double clip,

        @Setting(value = "Weight of the alignment term (Eq. 9).", min = 0)
        double lambda,

        @Setting(value = "Scale of the log-ratio (Eq. 6).", min = 0, above = true)
        double k,

        @Setting("How the tokens of a branch make its likelihood.")
        Likelihood likelihood,

        @Setting("How the reference path makes J_ref (Eq. 5).")
        Reference reference,

        @Setting("What is compared between two branches.") Alignment alignment,

        @Setting("How the pairs of a question are put together (Eq. 8).")
        Reduction overPairs,

        @Setting(value = "Pairs at most, per step; 0 takes all.", min = 0)
        int pairsPerStep,

        @Setting(value = "Explore again with the current model so many times.", min = 0, max = 1000)
        int refresh,

        @Setting("What SFT is trained on.") SftOn sftOn,

        @Setting(value = "DPO's beta.", min = 0, above = true)
        double dpoBeta,

        @Setting(value = "ORPO's weight of the odds ratio.", min = 0)
        double orpoWeight,

        @Setting("Train DPO and ORPO on every pair of paths, not on one a question.")
        boolean allPairs,

        @Setting("Names the random numbers of the run.") long seed) {
    public TrainSettings {
        targets = List.copyOf(targets);
    }

    /** What is minimised. */
    public enum Method {
        SRPO,
        SFT,
        DPO,
        ORPO
    }

    /** The learning rate after the warm-up. */
    public enum Schedule {
        /** Half a cosine down to 0. */
        COSINE,
        /** A straight line down to 0. */
        LINEAR,
        CONSTANT
    }

    /** Over the tokens of a branch. */
    public enum Likelihood {
        SUM,
        MEAN
    }

    /** Over the reference path. */
    public enum Reference {
        /** A step's log-probability is the sum over its tokens; minus the mean over steps. */
        STEP_MEAN,
        /** Minus the mean over all tokens. */
        TOKEN_MEAN,
        /** Minus the sum over all tokens. */
        SUM
    }

    /** Between a favorable and an unfavorable branch. */
    public enum Alignment {
        /** The difference of the log-likelihoods (Eq. 6). */
        LOG_RATIO,
        /** The difference of the log-odds. */
        LOG_ODDS
    }

    /** Over the pairs of a question. */
    public enum Reduction {
        SUM,
        MEAN
    }

    /** What supervised training imitates. */
    public enum SftOn {
        REFERENCE,
        ANSWER_ONLY
    }
}
