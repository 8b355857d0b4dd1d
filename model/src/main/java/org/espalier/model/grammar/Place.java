package org.espalier.model.grammar;

import java.util.Optional;
import java.util.Set;
import org.espalier.model.grammar.Grammar.Choice;
import org.espalier.model.grammar.Grammar.OneByte;
import org.espalier.model.grammar.Grammar.Repeated;
import org.espalier.model.grammar.Grammar.Sequence;

/** Where a text stands in a grammar: what comes next, and what after that. Equal where the same parts of one grammar are. */
final class Place {
    private final Grammar grammar;
    /** Parts of it that are over: of a sequence, or repetitions. */
    private final int done;

    private final Optional<Place> rest;
    private final int hash;

    Place(Grammar grammar, int done, Optional<Place> rest) {
        this.grammar = grammar;
        this.done = done;
        this.rest = rest;
        // A grammar is as deep as its schema: its own hash would be computed at every byte.
        this.hash = 31 * (31 * System.identityHashCode(grammar) + done) + rest.hashCode();
    }

    /**
     * Follows it to where bytes stand.
     *
     * @return whether the text may end here
     */
    boolean follow(Set<Place> bytes) {
        return switch (grammar) {
            case OneByte _ -> {
                bytes.add(this);
                yield false;
            }
            case Sequence(var parts) when done == parts.size() -> after(bytes);
            case Sequence(var parts) ->
                new Place(parts.get(done), 0, done + 1 == parts.size() ? rest : Optional.of(at(done + 1)))
                        .follow(bytes);
            case Choice(var ways) -> {
                boolean ends = false;
                for (Grammar way : ways) {
                    ends |= new Place(way, 0, rest).follow(bytes);
                }
                yield ends;
            }
            case Repeated(Grammar part, int least, int most) -> {
                boolean ends = done >= least && after(bytes);
                // Where nothing bounds it, only whether there were enough matters.
                int next = most == Grammar.UNBOUNDED ? Math.min(done + 1, least) : done + 1;
                if (done < most) {
                    ends |= new Place(part, 0, Optional.of(at(next))).follow(bytes);
                }
                yield ends;
            }
        };
    }

    private Place at(int parts) {
        return new Place(grammar, parts, rest);
    }

    private boolean after(Set<Place> bytes) {
        return rest.isEmpty() || rest.get().follow(bytes);
    }

    /**
     * Goes on with a byte, from where bytes stand.
     *
     * @return whether the text may end then
     */
    boolean next(int oneByte, Set<Place> bytes) {
        return grammar instanceof OneByte(var some) && some.get(oneByte) && after(bytes);
    }

    /** Parts of one grammar are told apart by where they stand in it, also where they are equal. */
    @Override
    @SuppressWarnings("ReferenceEquality")
    public boolean equals(Object other) {
        return other instanceof Place place
                && grammar == place.grammar
                && done == place.done
                && hash == place.hash
                && rest.equals(place.rest);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
