package org.espalier.ssui.check;

import java.util.List;
import java.util.SortedMap;

/**
 * What a check found.
 *
 * @param faults some of them, each with file, line and field
 * @param count all of them
 * @param samples that are sound in form
 * @param pictures that they name
 * @param splits samples by split; empty where nothing is split
 * @param licences samples by licence of their picture, where one is told
 * @param forbidden of them, those whose terms forbid training
 */
public record CheckReport(
        List<String> faults,
        int count,
        int samples,
        int pictures,
        SortedMap<String, Integer> splits,
        SortedMap<String, Integer> licences,
        int forbidden) {
    public CheckReport {
        faults = List.copyOf(faults);
    }

    /** Whether nothing is wrong. */
    public boolean sound() {
        return count == 0;
    }
}
