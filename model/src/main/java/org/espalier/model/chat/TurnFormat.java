package org.espalier.model.chat;

import java.util.List;
import java.util.function.IntUnaryOperator;
import org.espalier.core.Turn;
import org.espalier.core.Turn.Role;

/** A layout that writes one turn after another, each closed by the same token. What a turn looks like, the family says. */
public abstract class TurnFormat implements ChatFormat {
    private final Tokenizer tokenizer;

    protected TurnFormat(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /** Writes what stands before the first turn. */
    protected abstract void begin(ConversationTokens layout, List<Turn> conversation);

    /** Writes a turn of the system or the user through its end token. */
    protected abstract void shown(ConversationTokens layout, Turn turn, IntUnaryOperator imageTokens);

    /** Writes what opens an answer. */
    protected abstract void openAnswer(ConversationTokens layout);

    /** Writes what stands between one turn and the next. */
    protected abstract void between(ConversationTokens layout);

    @Override
    public PromptTokens prompt(List<Turn> conversation, IntUnaryOperator imageTokens) {
        endsWith(Role.USER, conversation);
        ConversationTokens layout = new ConversationTokens(tokenizer);
        begin(layout, conversation);
        for (Turn turn : conversation) {
            turn(layout, turn, imageTokens, false);
            between(layout);
        }
        openAnswer(layout);
        return layout.prompt();
    }

    @Override
    public TrainingTokens training(List<Turn> conversation, IntUnaryOperator imageTokens, TrainingTokens.Turns turns) {
        endsWith(Role.ASSISTANT, conversation);
        ConversationTokens layout = new ConversationTokens(tokenizer);
        begin(layout, conversation);
        for (Turn turn : conversation.subList(0, conversation.size() - 1)) {
            turn(layout, turn, imageTokens, turns == TrainingTokens.Turns.ALL);
            between(layout);
        }
        turn(layout, conversation.getLast(), imageTokens, true);
        return layout.training();
    }

    private static void endsWith(Role role, List<Turn> conversation) {
        if (conversation.isEmpty() || conversation.getLast().role() != role) {
            throw new IllegalArgumentException("the conversation does not end with a turn of the " + role.label());
        }
    }

    private void turn(ConversationTokens layout, Turn turn, IntUnaryOperator imageTokens, boolean learned) {
        if (turn.role() != Role.ASSISTANT) {
            shown(layout, turn, imageTokens);
            return;
        }
        if (!turn.images().isEmpty()) {
            throw new IllegalArgumentException("the assistant shows no pictures");
        }
        openAnswer(layout);
        layout.tokens(answer(turn.text()), learned).token(end(), learned);
    }

    @Override
    public int[] answer(String text) {
        return tokenizer.encode(text);
    }
}
