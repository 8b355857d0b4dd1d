package org.espalier.srpo.train;

import org.espalier.core.settings.Setting;
import org.espalier.core.settings.SettingKey;

/** The learning rate of each step: up from 0 in the warm-up, then down by the schedule. */
public record LearningRate(
        @Setting(help = "Highest learning rate.", above = 0, max = 10)
        double learningRate,

        @Setting(help = "How the learning rate goes down.") Schedule schedule,

        @Setting(help = "Steps in which the learning rate goes up from 0.", min = 0)
        int warmUpSteps,

        @Setting(help = "Steps of warm-up at most, as a share of all steps.", min = 0, max = 1)
        double warmUpShare) {
    /** The learning rate after the warm-up. */
    public enum Schedule {
        /** Half a cosine down to 0. */
        COSINE,
        /** A straight line down to 0. */
        LINEAR,
        CONSTANT
    }

    /** @throws org.espalier.core.InputException if a number is out of its range */
    public LearningRate {
        SettingKey.check(LearningRate.class, learningRate, schedule, warmUpSteps, warmUpShare);
    }

    /** The same at every step. */
    public static LearningRate constant(double learningRate) {
        return new LearningRate(learningRate, Schedule.CONSTANT, 0, 0);
    }

    /** Of step {@code number}, from 0, of so many. */
    public double at(long number, long steps) {
        long warmUp = Math.min(warmUpSteps, Math.round(warmUpShare * steps));
        if (number < warmUp) {
            return learningRate * (number + 1) / (warmUp + 1);
        }
        double done = (double) (number - warmUp) / Math.max(1, steps - warmUp);
        return learningRate
                * switch (schedule) {
                    case COSINE -> 0.5 * (1 + Math.cos(Math.PI * done));
                    case LINEAR -> 1 - done;
                    case CONSTANT -> 1;
                };
    }
}
