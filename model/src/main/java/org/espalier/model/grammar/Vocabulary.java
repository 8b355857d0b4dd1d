package org.espalier.model.grammar;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Optional;
import org.espalier.model.chat.Tokenizer;

/** The tokens that have a text, in the order of their bytes, so that those that begin alike are looked at together. */
public final class Vocabulary {
    private final Tokenizer tokenizer;
    private final int size;
    private final int[] ids;
    private final byte[][] spellings;
    /** How many bytes of each are those of the one before it. */
    private final int[] shared;

    /** @param size how many ids the model knows */
    public Vocabulary(Tokenizer tokenizer, int size) {
        this.tokenizer = tokenizer;
        this.size = size;
        BitSet silent = new BitSet(size);
        tokenizer.withoutText(size).forEach(silent::set);
        record Spelled(int id, byte[] bytes) {}
        Spelled[] all = java.util.stream.IntStream.range(0, size)
                .filter(id -> !silent.get(id))
                .mapToObj(id -> new Spelled(id, tokenizer.spelling(id)))
                .sorted(Comparator.comparing(Spelled::bytes, Arrays::compareUnsigned))
                .toArray(Spelled[]::new);
        ids = Arrays.stream(all).mapToInt(Spelled::id).toArray();
        spellings = Arrays.stream(all).map(Spelled::bytes).toArray(byte[][]::new);
        shared = new int[ids.length];
        for (int i = 1; i < ids.length; i++) {
            int differ = Arrays.mismatch(spellings[i - 1], spellings[i]);
            shared[i] = differ < 0 ? spellings[i].length : differ;
        }
    }

    byte[] spelling(int id) {
        return tokenizer.spelling(id);
    }

    /** Tokens that a text at a state may go on with. */
    BitSet tokens(Automaton automaton, Automaton.State from) {
        BitSet tokens = new BitSet(size);
        Automaton.State[] after = new Automaton.State[longest() + 1];
        after[0] = from;
        // Bytes of the last token that could be followed.
        int reached = 0;
        for (int i = 0; i < ids.length; i++) {
            byte[] bytes = spellings[i];
            int at = Math.min(shared[i], reached);
            if (at < shared[i]) {
                // It begins as one does that could not be followed so far.
                continue;
            }
            Optional<Automaton.State> next = Optional.of(after[at]);
            while (at < bytes.length && next.isPresent()) {
                next = automaton.next(after[at], bytes[at] & 0xFF);
                if (next.isPresent()) {
                    after[++at] = next.get();
                }
            }
            reached = at;
            if (at == bytes.length) {
                tokens.set(ids[i]);
            }
        }
        return tokens;
    }

    private int longest() {
        return Arrays.stream(spellings).mapToInt(bytes -> bytes.length).max().orElse(0);
    }
}
