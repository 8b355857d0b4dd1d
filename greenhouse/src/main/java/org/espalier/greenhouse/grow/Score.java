package org.espalier.greenhouse.grow;

import java.util.function.ToDoubleFunction;

/**
 * How a model did on questions of one kind.
 *
 * @param correct answers for which F is 1
 * @param safe paths that are safe
 * @param effective paths that are effective
 * @param both paths that are both
 */
record Score(String part, String risk, int questions, int correct, int safe, int effective, int both) {
    String row() {
        return "| %s | %s | %d | %s | %s | %s | %s |\n"
                .formatted(
                        part,
                        risk,
                        questions,
                        share(Score::correct),
                        share(Score::safe),
                        share(Score::effective),
                        share(Score::both));
    }

    private String share(ToDoubleFunction<Score> count) {
        return Long.toString(Math.round(100 * count.applyAsDouble(this) / questions));
    }
}
