package org.espalier.bench.rsbench;

import java.util.Set;
import java.util.TreeSet;

/** Which of a question's paths were seen. Paths stand in order, so that a number is mostly all there is to remember. */
final class SampleNumbers {
    private int upTo;
    private final Set<Integer> others;

    SampleNumbers() {
        // A tree without elements is small, and there is one for each question.
        others = new TreeSet<>();
    }

    /** False where the path was seen already. */
    boolean add(int sample) {
        if (sample == upTo) {
            upTo++;
            while (others.remove(upTo)) {
                upTo++;
            }
            return true;
        }
        return (sample < 0 || sample > upTo) && others.add(sample);
    }
}
