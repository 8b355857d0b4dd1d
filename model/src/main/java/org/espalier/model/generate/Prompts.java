package org.espalier.model.generate;

import static org.bytedeco.pytorch.global.torch.cat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.espalier.core.Draw;
import org.espalier.core.Stem;
import org.espalier.model.VisionLanguageModel;
import org.espalier.model.chat.ChatFormat;
import org.espalier.model.chat.Prompt;
import org.espalier.model.chat.TokenBorders;
import org.espalier.model.chat.Tokenizer;
import org.espalier.model.picture.Patches;

/** Turns requests into tokens, pictures and places where rows start. */
record Prompts(VisionLanguageModel model, Tokenizer tokenizer, ChatFormat chat, PictureCache pictures) {
    /** Groups of a batch, in order; their tensors belong to the caller's scope or to the cache. */
    List<Group> groups(List<Batches.Piece> batch, long seed) {
        Set<Path> files = new LinkedHashSet<>();
        batch.forEach(piece -> files.addAll(ChatFormat.images(piece.request().conversation())));
        Map<Path, PictureCache.Seen> seen = pictures.see(files);
        return batch.stream().map(piece -> group(piece, seen, seed)).toList();
    }

    private Group group(Batches.Piece piece, Map<Path, PictureCache.Seen> seen, long seed) {
        List<Path> images = ChatFormat.images(piece.request().conversation());
        List<PictureCache.Seen> shown = new ArrayList<>();
        for (Path image : images) {
            shown.add(java.util.Objects.requireNonNull(seen.get(image)));
        }
        Prompt prompt = chat.prompt(
                piece.request().conversation(),
                number -> model.tokens(shown.get(number).grid()));
        List<Patches> grids = shown.stream().map(PictureCache.Seen::grid).toList();
        Stem stem = piece.request().stem();
        int[] ids = stem.tokens().isEmpty()
                ? tokenizer.encode(stem.text())
                : stem.tokens().stream().mapToInt(Integer::intValue).toArray();
        String key = piece.request().key();
        return new Group(
                key,
                prompt.ids(),
                model.positions(prompt.ids(), grids),
                tokens(shown),
                ids,
                piece.draws().stream()
                        .map(draw -> new Group.Start(
                                cut(stem, ids, draw), TokenNumbers.stream(seed, key, draw.step(), draw.sample())))
                        .toList());
    }

    /** Where only the text of a stem was known, its cuts are places on the text. */
    private int cut(Stem stem, int[] ids, Draw draw) {
        if (!stem.tokens().isEmpty() || stem.text().isEmpty()) {
            return draw.cut().tokens();
        }
        TokenBorders borders = tokenizer.borders(stem.text(), ids);
        return borders.atOrAfter(draw.cut().chars()).tokens();
    }

    private static Optional<Tensor> tokens(List<PictureCache.Seen> shown) {
        Tensor[] tokens = shown.stream().map(PictureCache.Seen::tokens).toArray(Tensor[]::new);
        return switch (tokens.length) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(tokens[0]);
            default -> Optional.of(cat(new TensorVector(tokens), 0));
        };
    }
}
