package org.espalier.model.generate;

import java.util.List;
import java.util.Optional;
import org.espalier.core.Draw;
import org.espalier.core.Sampler;
import org.espalier.core.Seed;
import org.espalier.core.Stem;
import org.espalier.model.LoadedModel;
import org.espalier.model.PictureFeatures;
import org.espalier.model.chat.ChatFormat;
import org.espalier.model.chat.PromptTokens;
import org.espalier.model.chat.TokenBorders;
import org.espalier.model.family.PictureInput;
import org.espalier.model.internal.batch.SharedPrompt;

/** Turns requests into tokens, pictures and places where sequences start. */
record PromptEncoder(LoadedModel loaded, PictureFeatures pictures) {
    /** The prompts of a batch, in order; their tensors belong to the caller's scope or to the cache. */
    List<SharedPrompt> prompts(List<Batches.Piece> batch, long seed) {
        return batch.stream().map(piece -> prompt(piece, seed)).toList();
    }

    private SharedPrompt prompt(Batches.Piece piece, long seed) {
        PictureFeatures.Shown shown =
                pictures.of(ChatFormat.images(piece.request().conversation()));
        return prompt(loaded, piece.request(), piece.draws(), shown.pictures(), seed)
                .with(shown.features());
    }

    /** A prompt whose pictures are known by their sizes alone. */
    static SharedPrompt prompt(
            LoadedModel loaded, Sampler.Request request, List<Draw> draws, List<PictureInput> pictures, long seed) {
        PromptTokens prompt = loaded.chat()
                .prompt(request.conversation(), number -> pictures.get(number).tokens());
        Stem stem = request.stem();
        int[] ids = stem.tokens().isEmpty()
                ? loaded.tokenizer().encode(stem.text())
                : stem.tokens().stream().mapToInt(Integer::intValue).toArray();
        String key = request.key();
        return new SharedPrompt(
                key,
                prompt.ids(),
                loaded.model().positions(prompt.ids(), pictures),
                Optional.empty(),
                ids,
                draws.stream()
                        .map(draw -> new SharedPrompt.Start(
                                cut(loaded, stem, ids, draw),
                                Seed.of(seed, "tokens")
                                        .and(key)
                                        .and(draw.step())
                                        .and(draw.sample())))
                        .toList());
    }

    /** Where only the text of a stem was known, its cuts are places on the text. */
    private static int cut(LoadedModel loaded, Stem stem, int[] ids, Draw draw) {
        if (!stem.tokens().isEmpty() || stem.text().isEmpty()) {
            return draw.cut().tokens();
        }
        TokenBorders borders = loaded.tokenizer().borders(stem.text(), ids);
        return borders.atOrAfter(draw.cut().chars()).tokens();
    }
}
