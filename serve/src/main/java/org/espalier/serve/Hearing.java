package org.espalier.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.espalier.core.Continuation.End;
import org.espalier.model.generate.ContinuousBatching;
import org.espalier.model.generate.GeneratedToken;
import org.espalier.serve.openai.ChatAnswer;
import org.espalier.serve.openai.ChatRequest;

/** What one caller's answers become, from the thread that computes to the one that writes. */
final class Hearing implements ContinuousBatching.Listener {
    private final boolean pieces;
    private final boolean tells;
    private final List<Answer> answers = new ArrayList<>();
    private final Waker waker;
    private final Queue<Event> events = new ConcurrentLinkedQueue<>();
    private final Semaphore bell = new Semaphore(0);
    private volatile boolean left;
    /** Whether a piece was said; used by the thread that computes alone. */
    private boolean begun;

    /** What happened. */
    sealed interface Event {
        /** @param tokens empty where no log-probabilities were wanted */
        record Said(int choice, String text, Optional<List<ChatAnswer.Token>> tokens) implements Event {}

        record Ended(int choice, String end, int tokens) implements Event {}

        record Failed(RuntimeException why) implements Event {}

        /** The caller has. */
        record Left() implements Event {}
    }

    /** One choice so far. */
    private record Answer(StringBuilder text, List<ChatAnswer.Token> tokens) {}

    /** @param waker that wakes who waits for {@link #next} after the steps in which something was said */
    Hearing(ChatRequest request, Waker waker) {
        this.waker = waker;
        this.pieces = request.stream();
        this.tells = request.likeliest().isPresent();
        for (int i = 0; i < request.choices(); i++) {
            answers.add(new Answer(new StringBuilder(), new ArrayList<>()));
        }
    }

    /** Whether something has happened that was not asked for yet. */
    boolean more() {
        return !events.isEmpty();
    }

    /** The next thing that happened; waits for it. */
    Event next() throws InterruptedException {
        Event event = events.poll();
        while (event == null) {
            bell.acquire();
            bell.drainPermits();
            event = events.poll();
        }
        return event;
    }

    /** Lets who waits look again. */
    void wake() {
        bell.release();
    }

    private void add(Event event, boolean atOnce) {
        events.add(event);
        waker.told(this, atOnce);
    }

    private void addAtOnce(Event event) {
        events.add(event);
        wake();
    }

    /** A choice that has ended, where pieces were not wanted. */
    ChatAnswer.Choice choice(int number, String end) {
        Answer answer = answers.get(number);
        return new ChatAnswer.Choice(answer.text().toString(), told(answer.tokens()), end);
    }

    private Optional<List<ChatAnswer.Token>> told(List<ChatAnswer.Token> tokens) {
        return tells ? Optional.of(tokens) : Optional.empty();
    }

    /** Nobody listens any more. */
    void leave() {
        left = true;
        addAtOnce(new Event.Left());
    }

    @Override
    public void said(int choice, String piece, List<GeneratedToken> tokens) {
        List<ChatAnswer.Token> told = tokens.stream().map(Hearing::token).toList();
        if (pieces) {
            add(new Event.Said(choice, piece, told(told)), !begun);
            begun = true;
        } else {
            answers.get(choice).text().append(piece);
            answers.get(choice).tokens().addAll(told);
        }
    }

    private static ChatAnswer.Token token(GeneratedToken token) {
        return new ChatAnswer.Token(
                token.bytes(),
                token.logprob(),
                token.likeliest().stream().map(Hearing::token).toList());
    }

    @Override
    public void ended(int choice, End end, int tokens) {
        add(new Event.Ended(choice, end == End.LENGTH ? "length" : "stop", tokens), true);
    }

    @Override
    public void failed(RuntimeException why) {
        addAtOnce(new Event.Failed(why));
    }

    @Override
    public boolean left() {
        return left;
    }
}
