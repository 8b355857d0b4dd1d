package org.espalier.workflow.study;

import java.time.Duration;

/**
 * What a part of a study takes, as far as it is not done.
 *
 * @param asked questions of each test part
 * @param explorations runs that are to be made, as the next two
 * @param questionsAsked of all measurements together
 * @param seconds on one processor
 * @param processors that work side by side
 */
public record StudyForecast(
        int cells,
        int rows,
        int asked,
        int explorations,
        int trainings,
        int measurements,
        long questionsAsked,
        double seconds,
        int processors) {
    /** By the clock. */
    public Duration time() {
        return time(1);
    }

    /** The same with another measure of speed. */
    Duration time(double factor) {
        return Duration.ofMillis(Math.round(1000 * (factor * seconds) / processors));
    }
}
