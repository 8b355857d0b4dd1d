package org.espalier.model.grammar;

import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A grammar as states that bytes lead from one to the next, each made when a text first comes there, with the tokens that
 * a text there may go on with. Used by one thread.
 */
public final class Automaton {
    /** More are forgotten, all but those that texts stand at: a long text that is counted has a state a character. */
    private static final int STATES = 4096;
    /** A set of tokens takes an eighth of the vocabulary in bytes. */
    private static final int SETS = 64;

    private final Vocabulary vocabulary;
    private final State first;
    private final Map<Set<Place>, State> states = new HashMap<>();
    private final Map<State, BitSet> sets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<State, BitSet> eldest) {
            return size() > SETS;
        }
    };

    /** Where a text stands. */
    static final class State {
        private final Set<Place> places;
        private final boolean ends;
        private final Map<Integer, Optional<State>> next = new HashMap<>();

        State(Set<Place> places, boolean ends) {
            this.places = places;
            this.ends = ends;
        }

        /** Whether the text may end here. */
        boolean ends() {
            return ends;
        }
    }

    public Automaton(Grammar grammar, Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        Set<Place> places = new LinkedHashSet<>();
        boolean ends = new Place(grammar, 0, Optional.empty()).follow(places);
        this.first = new State(places, ends);
    }

    /** A new text. */
    public GuidedText text() {
        return new GuidedText(this);
    }

    Vocabulary vocabulary() {
        return vocabulary;
    }

    State first() {
        return first;
    }

    /** Empty where no text goes on so. */
    Optional<State> next(State from, int oneByte) {
        return from.next.computeIfAbsent(oneByte, given -> {
            Set<Place> places = new LinkedHashSet<>();
            boolean ends = false;
            for (Place place : from.places) {
                ends |= place.next(given, places);
            }
            return places.isEmpty() && !ends ? Optional.empty() : Optional.of(known(places, ends));
        });
    }

    private State known(Set<Place> places, boolean ends) {
        State known = states.get(places);
        if (known != null && known.ends == ends) {
            return known;
        }
        if (states.size() >= STATES) {
            states.clear();
        }
        State made = new State(places, ends);
        states.put(places, made);
        return made;
    }

    /** Tokens that a text may go on with there. */
    BitSet tokens(State state) {
        BitSet known = sets.get(state);
        if (known == null) {
            known = vocabulary.tokens(this, state);
            sets.put(state, known);
        }
        return known;
    }
}
