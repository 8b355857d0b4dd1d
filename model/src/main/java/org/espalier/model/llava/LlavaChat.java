package org.espalier.model.llava;

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
 * LLaMA 3's layout as LLaVA-NeXT has it: {@code <|begin_of_text|>} once, each turn after a header with its role and up to
 * {@code <|eot_id|>}, pictures before the text, a line each.
 *
 * <p>It differs from the published template in two things. Control tokens in a text stay text. An answer is encoded apart
 * from the words before it, so that an answer that begins with a line end has its own token for it.
 */
final class LlavaChat extends TurnFormat {
    private final ChatTemplate template;
    private final int beginning;
    private final int header;
    private final int headerEnd;
    private final int end;
    private final int image;

    /** @throws InputException if the tokenizer lacks one of the family's tokens */
    LlavaChat(Tokenizer tokenizer, ChatTemplate template) {
        super(tokenizer);
        this.template = template;
        beginning = tokenizer.id("<|begin_of_text|>");
        header = tokenizer.id("<|start_header_id|>");
        headerEnd = tokenizer.id("<|end_header_id|>");
        end = tokenizer.id("<|eot_id|>");
        image = tokenizer.id("<image>");
    }

    @Override
    protected void begin(ConversationTokens layout, List<Turn> conversation) {
        layout.token(beginning);
        if (template.introduces() && conversation.getFirst().role() != Role.SYSTEM) {
            shown(layout, new Turn(Role.SYSTEM, List.of(), ChatTemplate.INTRODUCTION), picture -> 0);
        }
    }

    @Override
    protected void shown(ConversationTokens layout, Turn turn, IntUnaryOperator imageTokens) {
        head(layout, turn.role());
        String before = "\n\n";
        for (Path picture : turn.images()) {
            layout.text(before).image(picture, image, imageTokens);
            before = "\n";
        }
        String text = template.trims() ? turn.text().strip() : turn.text();
        layout.text(before + text).token(end);
    }

    private ConversationTokens head(ConversationTokens layout, Role role) {
        return layout.token(header).text(role.label()).token(headerEnd);
    }

    @Override
    protected void openAnswer(ConversationTokens layout) {
        head(layout, Role.ASSISTANT).text("\n\n");
    }

    @Override
    protected void between(ConversationTokens layout) {
        // Nothing: a turn's end token is followed by the next one's header.
    }

    @Override
    public int end() {
        return end;
    }

    @Override
    public int image() {
        return image;
    }
}
