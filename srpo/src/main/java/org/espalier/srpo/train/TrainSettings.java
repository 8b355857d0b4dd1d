package org.espalier.srpo.train;

import java.util.List;
import org.espalier.model.lora.Targets;

/**
 * How an adapter is trained (Eq. 5-9, and the baselines).
 *
 * @param alpha the adapter's product is multiplied by alpha / rank
 * @param targets as {@link Targets} takes them
 * @param batch questions a step; the loss is the mean over them
 * @param warmUpShare the warm-up takes at most this share of all steps
 * @param clip greatest norm of the gradient
 * @param lambda weight of the alignment term (Eq. 9)
 * @param k scale of the log-ratio (Eq. 6)
 * @param pairsPerStep at most; 0 takes all
 * @param refresh explorations with the current model after the first
 * @param allPairs trains DPO and ORPO on every pair of paths, not on one a question
 */
public record TrainSettings(
        Method method,
        int rank,
        double alpha,
        double dropout,
        List<String> targets,
        double learningRate,
        int batch,
        int epochs,
        Schedule schedule,
        int warmUpSteps,
        double warmUpShare,
        double beta1,
        double beta2,
        double epsilon,
        double weightDecay,
        double clip,
        double lambda,
        double k,
        Likelihood likelihood,
        Reference reference,
        Alignment alignment,
        Reduction overPairs,
        int pairsPerStep,
        int refresh,
        SftOn sftOn,
        double dpoBeta,
        double orpoWeight,
        boolean allPairs) {
    /** @throws org.espalier.core.InputException if a target means no module of any model */
    public TrainSettings {
        targets = new Targets(targets).words();
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
