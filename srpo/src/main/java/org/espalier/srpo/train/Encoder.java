package org.espalier.srpo.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.espalier.core.Question;
import org.espalier.core.Turn;
import org.espalier.model.chat.ChatFormat;
import org.espalier.model.chat.Prompt;
import org.espalier.model.chat.Tokenizer;
import org.espalier.model.picture.Patches;
import org.espalier.model.picture.QwenImageProcessor;
import org.espalier.picture.PictureReader;
import org.espalier.picture.PictureSize;

/** From questions and texts to what a model takes: token ids and patches. */
public record Encoder(Tokenizer tokenizer, ChatFormat chat, QwenImageProcessor processor) {
    /** The prompt of a question, without demonstrations: a training sequence has p(τ|Q) (Eq. 6). */
    Prompt prompt(Question question) {
        List<Turn> conversation = List.of(Turn.user(question));
        List<Integer> tokens = new ArrayList<>();
        for (Path image : ChatFormat.images(conversation)) {
            PictureSize size = new PictureReader().size(image);
            tokens.add(processor.tokens(size.width(), size.height()));
        }
        return chat.prompt(conversation, tokens::get);
    }

    /** A whole answer's tokens, end token included. */
    int[] finished(String text) {
        int[] ids = chat.answer(text);
        int[] ended = java.util.Arrays.copyOf(ids, ids.length + 1);
        ended[ids.length] = chat.end();
        return ended;
    }

    List<Patches> pictures(List<Path> images) {
        return images.stream()
                .map(image -> processor.process(new PictureReader().read(image)))
                .toList();
    }
}
