package org.espalier.model.generate;

import java.util.List;
import org.espalier.core.Draw;
import org.espalier.core.Seed;
import org.espalier.core.Stem;
import org.espalier.core.Turn;
import org.espalier.model.LoadedModel;
import org.espalier.model.PictureFeatures;
import org.espalier.model.chat.ChatFormat;
import org.espalier.model.chat.PromptTokens;
import org.espalier.model.chat.TokenBorders;
import org.espalier.model.internal.batch.SharedPrompt;

/** Turns requests into tokens, pictures and places where sequences start. */
record PromptEncoder(LoadedModel loaded, PictureFeatures pictures) {
    /** The prompts of a batch, in order; their tensors belong to the caller's scope or to the cache. */
    List<SharedPrompt> prompts(List<Batches.Piece> batch, long seed) {
        return batch.stream().map(piece -> prompt(piece, seed)).toList();
    }

    private SharedPrompt prompt(Batches.Piece piece, long seed) {
        List<Turn> conversation = piece.request().conversation();
        PictureFeatures.Shown shown = pictures.of(ChatFormat.images(conversation));
        PromptTokens prompt = loaded.chat()
                .prompt(conversation, number -> shown.pictures().get(number).tokens());
        Stem stem = piece.request().stem();
        int[] ids = stem.tokens().isEmpty()
                ? loaded.tokenizer().encode(stem.text())
                : stem.tokens().stream().mapToInt(Integer::intValue).toArray();
        String key = piece.request().key();
        return new SharedPrompt(
                key,
                prompt.ids(),
                loaded.model().positions(prompt.ids(), shown.pictures()),
                shown.features(),
                ids,
                piece.draws().stream()
                        .map(draw -> new SharedPrompt.Start(
                                cut(stem, ids, draw),
                                Seed.of(seed, "tokens")
                                        .and(key)
                                        .and(draw.step())
                                        .and(draw.sample())))
                        .toList());
    }

    /** Where only the text of a stem was known, its cuts are places on the text. */
    private int cut(Stem stem, int[] ids, Draw draw) {
        if (!stem.tokens().isEmpty() || stem.text().isEmpty()) {
            return draw.cut().tokens();
        }
        TokenBorders borders = loaded.tokenizer().borders(stem.text(), ids);
        return borders.atOrAfter(draw.cut().chars()).tokens();
    }
}
