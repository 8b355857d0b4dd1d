package org.espalier.model.generate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.espalier.core.Continuation.End;
import org.espalier.core.Sampling;
import org.espalier.core.UnusableModelException;
import org.espalier.model.chat.TokenText;
import org.espalier.model.chat.Tokenizer;
import org.espalier.model.grammar.GuidedText;
import org.espalier.model.internal.batch.OpenBatch;
import org.espalier.model.internal.batch.Sequence;
import org.espalier.model.internal.batch.UndefinedProbabilities;

/** One answer while it is generated: hands on its text, and its tokens with the text they belong to. */
final class Draft implements OpenBatch.Member {
    private final int choice;
    private final ContinuousBatching.Ask ask;
    private final Tokenizer tokenizer;
    private final ContinuousBatching.Listener listener;
    private final Optional<GuidedText> guided;
    private final Set<Integer> ends;
    private final TokenText text;
    private final StreamedReply reply;
    private final StringBuilder piece = new StringBuilder();
    private final Deque<Placed> held = new ArrayDeque<>();
    private OptionalInt begin = OptionalInt.empty();
    private int sent;
    private int tokens;

    /** @param begin UTF-16 units before it */
    private record Placed(int begin, GeneratedToken token) {}

    /**
     * Without a token.
     *
     * @param guided where the answer is kept what a grammar says
     * @param ends tokens that end it
     */
    Draft(
            int choice,
            ContinuousBatching.Ask ask,
            Tokenizer tokenizer,
            ContinuousBatching.Listener listener,
            Optional<GuidedText> guided,
            Set<Integer> ends) {
        this.choice = choice;
        this.ask = ask;
        this.tokenizer = tokenizer;
        this.listener = listener;
        this.guided = guided;
        this.ends = ends;
        this.text = tokenizer.text();
        List<String> stops = ask.sampling().stops();
        this.reply = new StreamedReply(
                stops,
                stops.isEmpty() ? Sequence.Watch.NOTHING : new StopTexts(stops, tokenizer.text()),
                text,
                piece::append);
    }

    @Override
    public Sampling sampling() {
        return ask.sampling();
    }

    @Override
    public int likeliest() {
        return ask.likeliest().orElse(0);
    }

    @Override
    public Optional<BitSet> allowed() {
        return guided.map(text -> text.next(ends));
    }

    /** Not called for an end token. */
    @Override
    public boolean stops(int token) {
        guided.ifPresent(text -> text.take(token));
        begin = OptionalInt.of(text.length());
        return reply.stops(token);
    }

    @Override
    public void took(int id, double logprob, List<OpenBatch.Candidate> likeliest) {
        tokens++;
        if (begin.isPresent() && ask.likeliest().isPresent()) {
            List<GeneratedToken> others = likeliest.stream()
                    .map(other -> new GeneratedToken(tokenizer.spelling(other.id()), other.logprob(), List.of()))
                    .toList();
            held.add(new Placed(begin.getAsInt(), new GeneratedToken(tokenizer.spelling(id), logprob, others)));
        }
        begin = OptionalInt.empty();
        send();
    }

    @Override
    public void ended(End end) {
        String whole = text.text();
        reply.finish(
                end == End.STOPPED
                        ? whole.substring(
                                0,
                                StopTexts.first(ask.sampling().stops(), whole, 0)
                                        .orElse(whole.length()))
                        : whole);
        send();
        listener.ended(choice, end, tokens);
    }

    private void send() {
        sent += piece.length();
        List<GeneratedToken> told = new ArrayList<>();
        while (!held.isEmpty() && held.getFirst().begin() < sent) {
            told.add(held.removeFirst().token());
        }
        if (!piece.isEmpty() || !told.isEmpty()) {
            listener.said(choice, piece.toString(), told);
            piece.setLength(0);
        }
    }

    @Override
    public void failed(RuntimeException why) {
        listener.failed(
                why instanceof UndefinedProbabilities undefined
                        ? new UnusableModelException(String.valueOf(undefined.getMessage()))
                        : why);
    }

    @Override
    public boolean left() {
        return listener.left();
    }
}
