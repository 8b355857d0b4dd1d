package org.espalier.verify;

import static org.bytedeco.pytorch.global.torch.cat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.espalier.model.decoder.CausalSequences;
import org.espalier.model.decoder.Deltas;
import org.espalier.model.decoder.Rope;
import org.espalier.model.family.PictureInput;
import org.espalier.model.family.PromptPositions;
import org.espalier.model.family.VisionLanguageModel;

/** Positions, picture tokens, hidden states, logits and greedy tokens of each case. */
record ForwardValues(
        OracleFile file,
        VisionLanguageModel model,
        SortedMap<Integer, PictureInput> pictures,
        List<OracleCase> cases,
        ComputedValues values) {
    /** The group of the logits. */
    static final String LOGITS = "logits";

    /** The pictures of a case, one below the other. */
    private static final String TOGETHER = "image_embeds";
    /** One picture by itself. */
    private static final String ALONE = "image_features.";

    private static final int GREEDY = 12;

    void add() {
        if (hasAlone("")) {
            pictures.forEach((number, picture) -> alone("", number, picture));
        }
        cases.forEach(this::add);
    }

    /** Whether the file holds what becomes of each picture by itself: of all of the folder, or of those of a case. */
    private boolean hasAlone(String prefix) {
        return !file.keys(prefix + ALONE).isEmpty();
    }

    private void alone(String prefix, int number, PictureInput picture) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            values.numbers("vision", prefix + ALONE + number, model.pictureFeatures(List.of(picture)));
        }
    }

    private void add(OracleCase one) {
        String prefix = one.prefix();
        int[] ids = one.ids();
        List<PictureInput> shown = one.pictures();
        if (hasAlone(prefix)) {
            for (int i = 0; i < shown.size(); i++) {
                alone(prefix, one.numbers().get(i), shown.get(i));
            }
        }
        boolean together = file.has(prefix + TOGETHER) || !hasAlone("") && !hasAlone(prefix);
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            PromptPositions positions = model.positions(ids, shown);
            Optional<Tensor> seen = shown.isEmpty() ? Optional.empty() : Optional.of(model.pictureFeatures(shown));
            seen.filter(tokens -> together).ifPresent(tokens -> values.numbers("vision", prefix + TOGETHER, tokens));
            positions(prefix, ids, positions);
            Tensor prompt = model.embed(ids, seen);
            Tensor hidden = model.decoder()
                    .forward(
                            prompt,
                            rope(positions.rows()),
                            new CausalSequences(1, model.placement().attention()),
                            Deltas.NONE,
                            (state, layer) -> values.numbers("hidden states", prefix + "hidden." + layer, state));
            values.numbers(
                    LOGITS, prefix + "logits", hidden.mm(model.decoder().head().t()));
            int tokens = file.count(prefix + "greedy", GREEDY);
            values.whole("greedy", prefix + "greedy", greedy(prompt, positions, tokens));
        }
    }

    /** A file may leave out those of a family that counts in one row, or hold that row once. */
    private void positions(String prefix, int[] ids, PromptPositions positions) {
        long[][] rows = positions.rows();
        boolean plain = Arrays.stream(rows).allMatch(row -> Arrays.equals(row, rows[0]));
        String key = prefix + "position_ids";
        if (!plain || file.has(key)) {
            int stored = plain && file.count(key, 0) == ids.length ? 1 : rows.length;
            values.whole(
                    "positions",
                    key,
                    Arrays.stream(rows)
                            .limit(stored)
                            .flatMapToLong(Arrays::stream)
                            .toArray());
        }
        if (!plain || file.has(prefix + "rope_delta")) {
            values.whole("positions", prefix + "rope_delta", positions.next() - ids.length);
        }
    }

    private Rope rope(long[][] rows) {
        return Rope.of(model.decoder().shape(), rows, model.placement());
    }

    /** The most likely token, again and again, each time from the whole sequence anew. */
    private long[] greedy(Tensor prompt, PromptPositions positions, int tokens) {
        long[][] rows = positions.rows();
        int[] chosen = new int[tokens];
        for (int i = 0; i < tokens; i++) {
            try (PointerScope scope = new PointerScope()) {
                // A token that stands for pictures is a token like others once the model says it.
                Tensor said = model.embed(Arrays.copyOf(chosen, i), Optional.empty());
                Tensor hidden = model.decoder()
                        .forward(
                                cat(new TensorVector(prompt, said), 0),
                                rope(rows),
                                new CausalSequences(1, model.placement().attention()),
                                Deltas.NONE);
                Tensor last = hidden.narrow(0, hidden.size(0) - 1, 1)
                        .mm(model.decoder().head().t());
                chosen[i] = (int) model.placement().longs(last.argmax())[0];
            }
            rows = rows.clone();
            for (int row = 0; row < rows.length; row++) {
                rows[row] = Arrays.copyOf(rows[row], rows[row].length + 1);
                rows[row][rows[row].length - 1] = positions.next() + i;
            }
        }
        return IntStream.of(chosen).asLongStream().toArray();
    }
}
