package org.espalier.model.generate;

import java.util.List;
import java.util.OptionalInt;
import org.espalier.model.chat.TokenText;
import org.espalier.model.internal.batch.Sequence;

/** Looks for stop texts in what a sequence becomes; a text may be spread over several tokens. */
final class StopTexts implements Sequence.Watch {
    private final List<String> stops;
    private final int longest;
    private final TokenText text;

    /** @param text empty, of the model's tokenizer */
    StopTexts(List<String> stops, TokenText text) {
        this.stops = stops;
        this.longest = stops.stream().mapToInt(String::length).max().orElse(0);
        this.text = text;
    }

    @Override
    public boolean stops(int token) {
        int from = Math.max(0, text.length() - longest + 1);
        text.append(token);
        return text.length() > from
                && first(stops, text.text(from, text.length()), 0).isPresent();
    }

    /** Where the first stop text begins, at or after {@code from}. */
    static OptionalInt first(List<String> stops, String text, int from) {
        return stops.stream()
                .mapToInt(stop -> text.indexOf(stop, from))
                .filter(at -> at >= 0)
                .min();
    }
}
