package org.espalier.model.grammar;

import java.util.BitSet;
import java.util.Collection;

/** A text that is kept what a grammar says, token by token. */
public final class GuidedText {
    private final Automaton automaton;
    private Automaton.State state;

    GuidedText(Automaton automaton) {
        this.automaton = automaton;
        this.state = automaton.first();
    }

    /**
     * What may come next.
     *
     * @param ends tokens that end the text: among them where it may end
     */
    public BitSet next(Collection<Integer> ends) {
        BitSet next = (BitSet) automaton.tokens(state).clone();
        ends.forEach(end -> next.set(end, state.ends()));
        return next;
    }

    /**
     * Takes a token that is no end.
     *
     * @throws IllegalArgumentException if it was not among the next ones
     */
    public void take(int token) {
        for (byte one : automaton.vocabulary().spelling(token)) {
            state = automaton
                    .next(state, one & 0xFF)
                    .orElseThrow(
                            () -> new IllegalArgumentException("token " + token + " does not go on with the text"));
        }
    }
}
