package org.espalier.srpo.verify;

import java.util.List;

/**
 * The outcome of a comparison.
 *
 * @param unknown keys that nobody knows how to compare
 */
public record OracleReport(List<Group> groups, List<String> unknown) {
    public OracleReport {
        groups = List.copyOf(groups);
        unknown = List.copyOf(unknown);
    }

    /** Whether every key of the file was compared and agreed. */
    public boolean agrees() {
        return unknown.isEmpty()
                && !groups.isEmpty()
                && groups.stream().allMatch(group -> group.fault().isEmpty());
    }
}
