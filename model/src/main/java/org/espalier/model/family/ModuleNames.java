package org.espalier.model.family;

import java.util.Comparator;
import java.util.List;

/**
 * How versions of the published library, and released checkpoints, call the same modules and tensors: they differ in what
 * stands before them. Ours is one of all.
 */
public record ModuleNames(List<Part> parts) {
    /**
     * A part of the model.
     *
     * @param ours how its names begin here
     * @param theirs how they begin elsewhere: in today's library, in released checkpoints, then in others
     */
    public record Part(String ours, List<String> theirs) {
        public Part {
            theirs = List.copyOf(theirs);
        }
    }

    private record Beginning(String ours, String theirs) {}

    public ModuleNames {
        parts = List.copyOf(parts);
    }

    /** Our name of a module or a tensor; the name itself where it begins like none. */
    public String ours(String name) {
        return parts.stream()
                .flatMap(part -> part.theirs().stream().map(theirs -> new Beginning(part.ours(), theirs)))
                .filter(beginning -> name.startsWith(beginning.theirs()))
                .max(Comparator.comparingInt(beginning -> beginning.theirs().length()))
                .map(beginning ->
                        beginning.ours() + name.substring(beginning.theirs().length()))
                .orElse(name);
    }

    /** All names that something of ours has elsewhere, that of today's library first. */
    public List<String> theirs(String ours) {
        return parts.stream()
                .filter(part -> ours.startsWith(part.ours()))
                .max(Comparator.comparingInt(part -> part.ours().length()))
                .map(part -> part.theirs().stream()
                        .map(theirs -> theirs + ours.substring(part.ours().length()))
                        .toList())
                .orElse(List.of(ours));
    }

    /** The name in today's library. */
    public String current(String ours) {
        return theirs(ours).getFirst();
    }
}
