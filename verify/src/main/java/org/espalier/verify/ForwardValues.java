package org.espalier.verify;

import static org.bytedeco.pytorch.global.torch.cat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.espalier.core.InputException;
import org.espalier.model.decoder.CausalSequences;
import org.espalier.model.decoder.Deltas;
import org.espalier.model.decoder.Rope;
import org.espalier.model.family.PictureInput;
import org.espalier.model.family.PromptPositions;
import org.espalier.model.family.VisionLanguageModel;

/** Positions, picture tokens, hidden states, logits and greedy tokens of each case. */
record ForwardValues(
        OracleFile file, VisionLanguageModel model, SortedMap<Integer, PictureInput> pictures, ComputedValues values) {
    /** The group of the logits. */
    static final String LOGITS = "logits";

    private static final String CASE = "case.";
    private static final String FEATURES = "image_features.";
    private static final int GREEDY = 12;

    void add() {
        if (hasFeatures()) {
            pictures.forEach((number, picture) -> {
                try (PointerScope scope = new PointerScope();
                        NoGradGuard guard = new NoGradGuard()) {
                    values.numbers("vision", FEATURES + number, model.pictureFeatures(List.of(picture)));
                }
            });
        }
        TreeSet<String> names = new TreeSet<>();
        file.keys(CASE).forEach(key -> names.add(key.split("\\.", -1)[1]));
        names.forEach(this::add);
    }

    /** Whether the file holds what becomes of each picture, beside or instead of what becomes of those of a case. */
    private boolean hasFeatures() {
        return !file.keys(FEATURES).isEmpty();
    }

    private void add(String name) {
        String prefix = CASE + name + ".";
        int[] ids = file.given(prefix + "input_ids", model.decoder().shape().vocabulary());
        List<PictureInput> shown = shown(name, prefix);
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            PromptPositions positions = model.positions(ids, shown);
            Optional<Tensor> seen = shown.isEmpty() ? Optional.empty() : Optional.of(model.pictureFeatures(shown));
            seen.filter(tokens -> !hasFeatures() || file.has(prefix + "image_embeds"))
                    .ifPresent(tokens -> values.numbers("vision", prefix + "image_embeds", tokens));
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

    private List<PictureInput> shown(String name, String prefix) {
        List<PictureInput> shown = new ArrayList<>();
        for (int number : file.given(prefix + "images", Integer.MAX_VALUE)) {
            PictureInput picture = pictures.get(number);
            if (picture == null) {
                throw new InputException("The case " + name + " shows image_" + number + ", which the folder lacks.");
            }
            shown.add(picture);
        }
        return shown;
    }

    /** A file may leave out those that count from 0 in one row. */
    private void positions(String prefix, int[] ids, PromptPositions positions) {
        long[][] rows = positions.rows();
        boolean plain = Arrays.equals(rows[0], rows[1]) && Arrays.equals(rows[0], rows[2]);
        if (!plain || file.has(prefix + "position_ids")) {
            values.whole(
                    "positions",
                    prefix + "position_ids",
                    Arrays.stream(rows).flatMapToLong(Arrays::stream).toArray());
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
