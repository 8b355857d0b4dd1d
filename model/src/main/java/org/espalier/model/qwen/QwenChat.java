package org.espalier.model.qwen;

import java.nio.file.Path;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.espalier.core.InputException;
import org.espalier.core.Turn;
import org.espalier.core.Turn.Role;
import org.espalier.model.chat.ConversationTokens;
import org.espalier.model.chat.Tokenizer;
import org.espalier.model.chat.TurnFormat;

/**
 * ChatML as Qwen2.5-VL has it: each turn between {@code <|im_start|>} and {@code <|im_end|>}, pictures before the text,
 * and a system turn where the conversation does not begin with one.
 *
 * <p>It differs from the published template in two things. Control tokens in a text stay text. An answer is encoded apart
 * from the words before it, so that an answer that begins with a line end has its own token for it.
 */
final class QwenChat extends TurnFormat {
    private static final Turn SYSTEM = new Turn(Role.SYSTEM, List.of(), "You are a helpful assistant.");

    private final int start;
    private final int end;
    private final int visionStart;
    private final int visionEnd;
    private final int imagePad;

    /** @throws InputException if the tokenizer lacks one of the family's tokens */
    QwenChat(Tokenizer tokenizer) {
        super(tokenizer);
        start = tokenizer.id("<|im_start|>");
        end = tokenizer.id("<|im_end|>");
        visionStart = tokenizer.id("<|vision_start|>");
        visionEnd = tokenizer.id("<|vision_end|>");
        imagePad = tokenizer.id("<|image_pad|>");
    }

    @Override
    protected void begin(ConversationTokens layout, List<Turn> conversation) {
        if (conversation.getFirst().role() != Role.SYSTEM) {
            shown(layout, SYSTEM, image -> 0);
            between(layout);
        }
    }

    @Override
    protected void shown(ConversationTokens layout, Turn turn, IntUnaryOperator imageTokens) {
        String header = turn.role().label() + "\n";
        layout.token(start);
        if (turn.images().isEmpty()) {
            layout.text(header + turn.text()).token(end);
            return;
        }
        layout.text(turn.textFirst() ? header + turn.text() : header);
        for (Path image : turn.images()) {
            layout.token(visionStart).image(image, imagePad, imageTokens).token(visionEnd);
        }
        layout.text(turn.textFirst() ? "" : turn.text()).token(end);
    }

    @Override
    protected void openAnswer(ConversationTokens layout) {
        layout.token(start).text("assistant\n");
    }

    @Override
    protected void between(ConversationTokens layout) {
        layout.text("\n");
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
