package org.espalier.bench.suite;

import java.util.List;

/**
 * What a model said.
 *
 * @param steps of the text, where the benchmark judges paths; else none
 */
public record ModelAnswer(String text, List<String> steps) {
    public ModelAnswer {
        steps = List.copyOf(steps);
    }
}
