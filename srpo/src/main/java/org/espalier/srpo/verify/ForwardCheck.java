package org.espalier.srpo.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.espalier.core.InputException;
import org.espalier.model.decoder.CausalSequences;
import org.espalier.model.decoder.Deltas;
import org.espalier.model.decoder.Rope;
import org.espalier.model.family.PictureInput;
import org.espalier.model.family.PromptPositions;
import org.espalier.model.family.VisionLanguageModel;

/** Positions, picture tokens, hidden states, logits and greedy tokens of each case. */
record ForwardCheck(Expected expected, VisionLanguageModel model, TreeMap<Integer, PictureInput> pictures) {
    void check() {
        pictures.forEach((number, patches) -> {
            if (expected.has("image_features." + number)) {
                try (PointerScope scope = new PointerScope();
                        NoGradGuard guard = new NoGradGuard()) {
                    expected.close("vision", "image_features." + number, model.pictureFeatures(List.of(patches)));
                }
            }
        });
        TreeSet<String> names = new TreeSet<>();
        expected.keys("case.").forEach(key -> names.add(key.split("\\.", -1)[1]));
        names.forEach(this::check);
    }

    private void check(String name) {
        String prefix = "case." + name + ".";
        int[] ids = Arrays.stream(expected.given(prefix + "input_ids"))
                .mapToInt(Math::toIntExact)
                .toArray();
        List<PictureInput> shown = new ArrayList<>();
        for (long number : expected.given(prefix + "images")) {
            PictureInput picture = pictures.get((int) number);
            if (picture == null) {
                throw new InputException("The case " + name + " shows image_" + number + ", which the folder lacks.");
            }
            shown.add(picture);
        }
        requireIds(name, ids);
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Optional<Tensor> seen = shown.isEmpty() ? Optional.empty() : Optional.of(model.pictureFeatures(shown));
            seen.ifPresent(tokens -> expected.close("vision", prefix + "image_embeds", tokens));
            PromptPositions positions = model.positions(ids, shown);
            if (!shown.isEmpty()) {
                expected.equal("positions", prefix + "position_ids", flat(positions.rows()));
                expected.equal("positions", prefix + "rope_delta", new long[] {positions.next() - ids.length});
            }
            Tensor hidden = model.decoder()
                    .forward(
                            model.embed(ids, seen),
                            Rope.of(model.decoder().shape(), positions.rows(), model.placement()),
                            new CausalSequences(1, model.placement().attention()),
                            Deltas.NONE,
                            (state, layer) -> expected.close("hidden states", prefix + "hidden." + layer, state));
            expected.close(
                    "logits",
                    prefix + "logits",
                    hidden.mm(model.decoder().head().t()));
            if (!expected.lacks(prefix + "greedy")) {
                int tokens = expected.longs(prefix + "greedy").length;
                expected.equal("greedy", prefix + "greedy", greedy(ids, positions, seen, tokens));
            }
        }
    }

    private void requireIds(String name, int[] ids) {
        for (int id : ids) {
            if (id < 0 || id >= model.decoder().shape().vocabulary()) {
                throw new InputException("The case " + name + " holds the token " + id + ", outside the vocabulary.");
            }
        }
    }

    private static long[] flat(long[][] rows) {
        return Arrays.stream(rows).flatMapToLong(Arrays::stream).toArray();
    }

    /** The most likely token, again and again, each time from the whole sequence anew. */
    private long[] greedy(int[] prompt, PromptPositions positions, Optional<Tensor> seen, int tokens) {
        int[] ids = prompt;
        long[][] rows = positions.rows();
        long[] chosen = new long[tokens];
        for (int i = 0; i < tokens; i++) {
            try (PointerScope scope = new PointerScope()) {
                Tensor hidden = model.decoder()
                        .forward(
                                model.embed(ids, seen),
                                Rope.of(model.decoder().shape(), rows, model.placement()),
                                new CausalSequences(1, model.placement().attention()),
                                Deltas.NONE);
                Tensor last = hidden.narrow(0, ids.length - 1L, 1)
                        .mm(model.decoder().head().t());
                chosen[i] = model.placement().longs(last.argmax())[0];
            }
            ids = Arrays.copyOf(ids, ids.length + 1);
            ids[ids.length - 1] = (int) chosen[i];
            rows = rows.clone();
            for (int row = 0; row < 3; row++) {
                rows[row] = Arrays.copyOf(rows[row], ids.length);
                rows[row][ids.length - 1] = positions.next() + i;
            }
        }
        return chosen;
    }
}
