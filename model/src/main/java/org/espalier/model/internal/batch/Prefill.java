package org.espalier.model.internal.batch;

import static org.bytedeco.pytorch.global.torch.cat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.espalier.model.decoder.Rope;
import org.espalier.model.family.VisionLanguageModel;
import org.espalier.model.internal.cache.PrefixCache;
import org.espalier.tensor.Scope;

/** Reads prompts and stems: fills the cache and says what each sequence starts from. */
record Prefill(VisionLanguageModel model, FrozenDecoder frozen, PrefixCache cache) {
    /** Tokens computed at once: more would only take more memory. */
    private static final int TOKENS = 4096;

    /** The hidden state that each sequence's first token is chosen from, {@code [sequences, hidden]}, prompt by prompt. */
    Tensor read(List<SharedPrompt> prompts) {
        return Scope.keeping(() -> {
            int atOnce = Math.max(1, TOKENS / cache.length());
            int chunks = (prompts.size() + atOnce - 1) / atOnce;
            Tensor[] starts = IntStream.range(0, chunks)
                    .mapToObj(i ->
                            chunk(prompts.subList(i * atOnce, Math.min(prompts.size(), (i + 1) * atOnce)), i * atOnce))
                    .toArray(Tensor[]::new);
            return starts.length == 1 ? starts[0] : cat(new TensorVector(starts), 0);
        });
    }

    private Tensor chunk(List<SharedPrompt> prompts, int first) {
        return Scope.keeping(() -> {
            Tensor hidden = frozen.decoder()
                    .forward(
                            embeddings(prompts),
                            Rope.of(frozen.decoder().shape(), positions(prompts), model.placement()),
                            cache.fill(first, prompts.size()),
                            frozen.deltas());
            int length = cache.length();
            long[] places = IntStream.range(0, prompts.size())
                    .boxed()
                    .flatMap(g -> prompts.get(g).starts().stream()
                            .map(start -> (long) g * length + prompts.get(g).ids().length + start.cut() - 1))
                    .mapToLong(Long::longValue)
                    .toArray();
            return hidden.index_select(0, model.placement().indices(places, places.length));
        });
    }

    /** Prompts and stems side by side, padded on the right with whatever the first token is. */
    private Tensor embeddings(List<SharedPrompt> prompts) {
        int[] ids = prompts.stream().flatMapToInt(g -> Arrays.stream(g.ids())).toArray();
        long[] stems = prompts.stream()
                .flatMapToInt(g -> Arrays.stream(g.stem()))
                .asLongStream()
                .toArray();
        Tensor[] features =
                prompts.stream().flatMap(prompt -> prompt.features().stream()).toArray(Tensor[]::new);
        Tensor embedded = model.embed(
                ids,
                switch (features.length) {
                    case 0 -> Optional.empty();
                    case 1 -> Optional.of(features[0]);
                    default -> Optional.of(cat(new TensorVector(features), 0));
                });
        if (stems.length > 0) {
            // Not with the prompts: a stem may hold a token that would ask for a picture there.
            embedded = cat(
                    new TensorVector(
                            embedded, frozen.decoder().embed(model.placement().indices(stems, stems.length))),
                    0);
        }
        if (prompts.size() == 1 && prompts.getFirst().length() == cache.length()) {
            return embedded;
        }
        long[] places = new long[prompts.size() * cache.length()];
        int next = 0;
        int stem = ids.length;
        for (int g = 0; g < prompts.size(); g++) {
            int at = g * cache.length();
            for (int i = 0; i < prompts.get(g).ids().length; i++) {
                places[at++] = next++;
            }
            for (int i = 0; i < prompts.get(g).stem().length; i++) {
                places[at++] = stem++;
            }
        }
        return embedded.index_select(0, model.placement().indices(places, places.length));
    }

    private long[][] positions(List<SharedPrompt> prompts) {
        int length = cache.length();
        long[][] positions = new long[3][prompts.size() * length];
        for (int g = 0; g < prompts.size(); g++) {
            SharedPrompt prompt = prompts.get(g);
            for (int axis = 0; axis < 3; axis++) {
                System.arraycopy(prompt.positions().rows()[axis], 0, positions[axis], g * length, prompt.ids().length);
                for (int i = 0; i < prompt.stem().length; i++) {
                    positions[axis][g * length + prompt.ids().length + i] = prompt.position(i);
                }
            }
        }
        return positions;
    }
}
