package org.espalier.verify;

import java.util.List;
import java.util.Optional;

/**
 * The outcome of a comparison.
 *
 * @param unknown keys that nobody knows how to compare
 * @param lacking keys that a whole file has and this one has not
 * @param rounded how it is known that the reference values were rounded to float32 on their way, so that {@link
 *     Tolerance#RULE_OF_ROUNDED} decided; empty where {@link Tolerance#RULE} did
 */
public record OracleReport(
        List<ComparedGroup> groups, List<String> unknown, List<String> lacking, Optional<Rounded> rounded) {
    /**
     * Logits that are equal to the last digit: of values that were computed in float64 all the way, nearly all.
     *
     * @param of how many there are
     */
    public record Rounded(long equal, long of) {}

    public OracleReport {
        groups = List.copyOf(groups);
        unknown = List.copyOf(unknown);
        lacking = List.copyOf(lacking);
    }

    /** Whether the file is whole, and every key of it was compared and agreed. */
    public boolean agrees() {
        return unknown.isEmpty()
                && lacking.isEmpty()
                && !groups.isEmpty()
                && groups.stream().allMatch(group -> group.fault().isEmpty());
    }
}
