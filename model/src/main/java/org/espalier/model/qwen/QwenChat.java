package org.espalier.model.qwen;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.IntUnaryOperator;
import org.espalier.core.InputException;
import org.espalier.core.Turn;
import org.espalier.core.Turn.Role;
import org.espalier.model.chat.ChatFormat;
import org.espalier.model.chat.ConversationTokens;
import org.espalier.model.chat.PromptTokens;
import org.espalier.model.chat.Tokenizer;
import org.espalier.model.chat.TrainingTokens;

/**
 * ChatML as Qwen2.5-VL has it: each turn between {@code <|im_start|>} and {@code <|im_end|>}, pictures before the text,
 * and a system turn where the conversation does not begin with one.
 *
 * <p>It differs from the published template in two things. Control tokens in a text stay text. An answer is encoded apart
 * from the words before it, so that an answer that begins with a line end has its own token for it.
 */
final class QwenChat implements ChatFormat {
    private static final Turn SYSTEM = new Turn(Role.SYSTEM, List.of(), "You are a helpful assistant.");

    private final Tokenizer tokenizer;
    private final int start;
    private final int end;
    private final int visionStart;
    private final int visionEnd;
    private final int imagePad;

    /** @throws InputException if the tokenizer lacks one of the family's tokens */
    QwenChat(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
        start = tokenizer.id("<|im_start|>");
        end = tokenizer.id("<|im_end|>");
        visionStart = tokenizer.id("<|vision_start|>");
        visionEnd = tokenizer.id("<|vision_end|>");
        imagePad = tokenizer.id("<|image_pad|>");
    }

    @Override
    public PromptTokens prompt(List<Turn> conversation, IntUnaryOperator imageTokens) {
        endsWith(Role.USER, conversation);
        ConversationTokens layout = begin(conversation);
        for (Turn turn : conversation) {
            turn(layout, turn, imageTokens, false).text("\n");
        }
        return layout.token(start).text("assistant\n").prompt();
    }

    @Override
    public TrainingTokens training(List<Turn> conversation, IntUnaryOperator imageTokens, TrainingTokens.Turns turns) {
        endsWith(Role.ASSISTANT, conversation);
        ConversationTokens layout = begin(conversation);
        for (Turn turn : conversation.subList(0, conversation.size() - 1)) {
            turn(layout, turn, imageTokens, turns == TrainingTokens.Turns.ALL).text("\n");
        }
        return turn(layout, conversation.getLast(), imageTokens, true).training();
    }

    private static void endsWith(Role role, List<Turn> conversation) {
        if (conversation.isEmpty() || conversation.getLast().role() != role) {
            throw new IllegalArgumentException("the conversation does not end with a turn of the "
                    + role.name().toLowerCase(Locale.ROOT));
        }
    }

    private ConversationTokens begin(List<Turn> conversation) {
        ConversationTokens layout = new ConversationTokens(tokenizer);
        if (conversation.getFirst().role() != Role.SYSTEM) {
            turn(layout, SYSTEM, image -> 0, false).text("\n");
        }
        return layout;
    }

    /** One turn through its end token. */
    private ConversationTokens turn(
            ConversationTokens layout, Turn turn, IntUnaryOperator imageTokens, boolean learned) {
        String header = turn.role().name().toLowerCase(Locale.ROOT) + "\n";
        layout.token(start);
        if (turn.role() == Role.ASSISTANT) {
            if (!turn.images().isEmpty()) {
                throw new IllegalArgumentException("the assistant shows no pictures");
            }
            return layout.text(header).tokens(answer(turn.text()), learned).token(end, learned);
        }
        if (turn.images().isEmpty()) {
            return layout.text(header + turn.text()).token(end);
        }
        layout.text(header);
        for (Path image : turn.images()) {
            layout.token(visionStart).image(image, imagePad, imageTokens).token(visionEnd);
        }
        return layout.text(turn.text()).token(end);
    }

    @Override
    public int[] answer(String text) {
        return tokenizer.encode(text);
    }

    @Override
    public int end() {
        return end;
    }

    @Override
    public int image() {
        return imagePad;
    }
}
