package org.espalier.model.generate;

import java.util.List;
import java.util.function.Consumer;
import org.espalier.model.chat.TokenText;
import org.espalier.model.internal.batch.Sequence;

/** Hands on what a sequence becomes, in whole characters, and never what a stop text might still cut off. */
final class StreamedReply implements Sequence.Watch {
    private final Sequence.Watch stops;
    private final int heldBack;
    private final TokenText text;
    private final Consumer<String> listener;
    private int sent;

    /** @param text empty, of the model's tokenizer */
    StreamedReply(List<String> stops, Sequence.Watch watch, TokenText text, Consumer<String> listener) {
        this.stops = watch;
        this.heldBack =
                Math.max(0, stops.stream().mapToInt(String::length).max().orElse(0) - 1);
        this.text = text;
        this.listener = listener;
    }

    @Override
    public boolean stops(int token) {
        text.append(token);
        boolean stop = stops.stops(token);
        int until = text.length() - heldBack;
        if (!stop && until > sent) {
            send(text.text(sent, until));
        }
        return stop;
    }

    /** Hands on the rest of an answer that has come to its end. */
    void finish(String answer) {
        if (answer.length() > sent) {
            listener.accept(answer.substring(sent));
            sent = answer.length();
        }
    }

    /** A character of two units goes out whole: what is held back may begin in its middle. */
    private void send(String piece) {
        String whole = Character.isHighSurrogate(piece.charAt(piece.length() - 1))
                ? piece.substring(0, piece.length() - 1)
                : piece;
        if (!whole.isEmpty()) {
            listener.accept(whole);
            sent += whole.length();
        }
    }
}
