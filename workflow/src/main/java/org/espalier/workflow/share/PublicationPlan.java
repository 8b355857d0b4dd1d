package org.espalier.workflow.share;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What publishing would do.
 *
 * @param files bytes by path in the repository
 * @param base the base model's name, as the card has it
 * @param notes what a person should know before, in sentences
 */
public record PublicationPlan(SortedMap<String, Long> files, Optional<String> base, List<String> notes) {
    public PublicationPlan {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        notes = List.copyOf(notes);
    }

    /** Bytes of all files. */
    public long bytes() {
        return files.values().stream().mapToLong(Long::longValue).sum();
    }
}
