package org.espalier.store.perf;

/**
 * What one run took.
 *
 * @param seconds from the first claim to the last commit
 * @param share of the steps a second that the calls alone would allow; 0 where calls take no time
 * @param cpuPerThousand seconds of processor time of this process for a thousand steps
 * @param heapMegabytes the most the heap held at any time, garbage included
 */
public record WorkFigures(
        String engine,
        String database,
        WorkPlan plan,
        double seconds,
        double stepsPerSecond,
        double share,
        double cpuPerThousand,
        long heapMegabytes) {}
