package org.espalier.srpo.train;

/** The learning rate of each step: up from 0 in the warm-up, then down by the schedule. */
record LearningRate(TrainSettings settings, long steps) {
    /** Of step {@code number}, from 0. */
    double at(long number) {
        long warmUp = Math.min(settings.warmUpSteps(), Math.round(settings.warmUpShare() * steps));
        if (number < warmUp) {
            return settings.learningRate() * (number + 1) / (warmUp + 1);
        }
        double done = (double) (number - warmUp) / Math.max(1, steps - warmUp);
        return settings.learningRate()
                * switch (settings.schedule()) {
                    case COSINE -> 0.5 * (1 + Math.cos(Math.PI * done));
                    case LINEAR -> 1 - done;
                    case CONSTANT -> 1;
                };
    }
}
