package org.espalier.srpo.verify;

import java.util.List;

/**
 * The outcome of a comparison.
 *
 * @param unknown keys that nobody knows how to compare
 * @param lacking keys that a whole file has and this one has not
 */
public record OracleReport(List<Group> groups, List<String> unknown, List<String> lacking) {
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
