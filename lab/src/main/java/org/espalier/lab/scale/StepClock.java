package org.espalier.lab.scale;

import java.util.ArrayList;
import java.util.List;

/** When steps were seen to be done. */
final class StepClock {
    private final List<Long> nanos = new ArrayList<>();

    /** So many are done now. */
    void see(int steps) {
        see(steps, System.nanoTime());
    }

    void see(int steps, long now) {
        while (nanos.size() < steps) {
            nanos.add(now);
        }
    }

    /** Steps a second from the end of the first so many on. */
    double rate(int first) {
        int from = Math.max(0, first - 1);
        return 1e9 * (nanos.size() - 1 - from) / (nanos.getLast() - nanos.get(from));
    }
}
