package org.espalier.model.generate;

import java.util.List;
import java.util.function.Consumer;
import org.espalier.model.chat.TokenText;

/** Hands on what a row writes as it comes, in whole characters, and never what a stop text might still cut off. */
final class Spoken implements Row.Watch {
    private final Row.Watch stops;
    private final int heldBack;
    private final TokenText text;
    private final Consumer<String> heard;
    private int said;

    /** @param text empty, of the model's tokenizer */
    Spoken(List<String> stops, Row.Watch watch, TokenText text, Consumer<String> heard) {
        this.stops = watch;
        this.heldBack =
                Math.max(0, stops.stream().mapToInt(String::length).max().orElse(0) - 1);
        this.text = text;
        this.heard = heard;
    }

    @Override
    public boolean stops(int token) {
        text.append(token);
        boolean stop = stops.stops(token);
        if (!stop) {
            say(text.text(), text.length() - heldBack);
        }
        return stop;
    }

    /** Hands on the rest of an answer that has come to its end. */
    void finish(String answer) {
        say(answer, answer.length());
    }

    private void say(String whole, int until) {
        if (until > said) {
            heard.accept(whole.substring(said, until));
            said = until;
        }
    }
}
