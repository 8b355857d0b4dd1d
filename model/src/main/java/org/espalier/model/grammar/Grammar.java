package org.espalier.model.grammar;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Texts, byte by byte: a regular expression over UTF-8. */
public sealed interface Grammar {
    /** As often as one likes. */
    int UNBOUNDED = Integer.MAX_VALUE;

    /** One byte of some. */
    record OneByte(BitSet bytes) implements Grammar {
        public OneByte {
            bytes = (BitSet) bytes.clone();
        }
    }

    /** One after the other. */
    record Sequence(List<Grammar> parts) implements Grammar {
        public Sequence {
            parts = List.copyOf(parts);
        }
    }

    /** One of several. */
    record Choice(List<Grammar> ways) implements Grammar {
        public Choice {
            ways = List.copyOf(ways);
        }
    }

    /**
     * The same some times.
     *
     * @param part is never empty
     * @param most or {@link #UNBOUNDED}
     */
    record Repeated(Grammar part, int least, int most) implements Grammar {
        public Repeated {
            if (least < 0 || most < least) {
                throw new IllegalArgumentException("from " + least + " to " + most + " times");
            }
        }
    }

    static Grammar sequence(Grammar... parts) {
        return new Sequence(List.of(parts));
    }

    static Grammar choice(Grammar... ways) {
        return new Choice(List.of(ways));
    }

    static Grammar optional(Grammar part) {
        return new Repeated(part, 0, 1);
    }

    /** This text alone. */
    static Grammar text(String text) {
        List<Grammar> parts = new ArrayList<>();
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            parts.add(range(one & 0xFF, one & 0xFF));
        }
        return new Sequence(parts);
    }

    /** A byte of this range, both ends included. */
    static Grammar range(int first, int last) {
        BitSet bytes = new BitSet(256);
        bytes.set(first, last + 1);
        return new OneByte(bytes);
    }

    /** A byte that is one of these letters. */
    static Grammar letter(String letters) {
        BitSet bytes = new BitSet(256);
        letters.chars().forEach(bytes::set);
        return new OneByte(bytes);
    }
}
