package org.espalier.model.chat;

import java.util.Arrays;
import java.util.List;
import org.espalier.core.Cut;

/** The places between the tokens of a text, on the text. */
public final class TokenBorders {
    private final int[] ends;
    private final boolean[] whole;
    private final int length;

    private TokenBorders(int[] ends, boolean[] whole, int length) {
        this.ends = ends;
        this.whole = whole;
        this.length = length;
    }

    /**
     * Of tokens and the text they stand for. The text may stop before the tokens do, where a stop text was cut off; it
     * may be spelled with other code points than the tokenizer's normal form has.
     *
     * @throws IllegalArgumentException if the tokens are not those of the text
     */
    static TokenBorders of(Tokenizer tokenizer, String text, int[] ids) {
        TokenText read = new TokenText(tokenizer);
        int[] ends = new int[ids.length];
        boolean[] whole = new boolean[ids.length];
        for (int i = 0; i < ids.length; i++) {
            read.append(ids[i]);
            ends[i] = read.length();
            whole[i] = read.whole();
        }
        if (!read.text().startsWith(text)) {
            NormalForm form = tokenizer.normalForm(text);
            if (!read.text().startsWith(form.text())) {
                throw new IllegalArgumentException("these tokens are not those of this text");
            }
            for (int i = 0; i < ids.length; i++) {
                whole[i] &= form.isPlace(ends[i]);
                ends[i] = form.place(ends[i]);
            }
        }
        return new TokenBorders(ends, whole, text.length());
    }

    /** For each token, how many UTF-16 units of the text are whole once it is read. */
    int[] charEnds() {
        return Arrays.stream(ends).map(end -> Math.min(end, length)).toArray();
    }

    /**
     * The first border at or after a place that does not lie inside a character. Where the text ends before any such
     * border, the cut is the end of the text, after all tokens that begin in it.
     *
     * @param chars from 0 to the length of the text
     */
    public Cut atOrAfter(int chars) {
        if (chars < 0 || chars > length) {
            throw new IllegalArgumentException("no place " + chars + " in a text of " + length + " characters");
        }
        if (chars == 0) {
            return Cut.START;
        }
        for (int i = 0; i < ends.length; i++) {
            if (ends[i] >= length || (ends[i] >= chars && whole[i])) {
                return new Cut(i + 1, Math.min(ends[i], length));
            }
        }
        return new Cut(ends.length, length);
    }

    /** {@link #atOrAfter} of each place. */
    public List<Cut> cuts(List<Integer> chars) {
        return chars.stream().map(this::atOrAfter).toList();
    }
}
