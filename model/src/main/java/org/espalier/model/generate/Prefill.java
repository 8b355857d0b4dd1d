package org.espalier.model.generate;

import static org.bytedeco.pytorch.global.torch.cat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.espalier.model.decoder.Rope;
import org.espalier.model.family.VisionLanguageModel;
import org.espalier.tensor.Scope;

/** Reads prompts and stems: fills the cache and says what each row starts from. */
final class Prefill {
    /** Tokens computed at once: more would only take more memory. */
    private static final int TOKENS = 4096;

    private final VisionLanguageModel model;
    private final FrozenDecoder frozen;
    private final PrefixCache cache;

    Prefill(VisionLanguageModel model, FrozenDecoder frozen, PrefixCache cache) {
        this.model = model;
        this.frozen = frozen;
        this.cache = cache;
    }

    /** The hidden state that each row's first token is chosen from, {@code [rows, hidden]}, group by group. */
    Tensor read(List<Group> groups) {
        return Scope.keeping(() -> {
            int atOnce = Math.max(1, TOKENS / cache.length());
            int chunks = (groups.size() + atOnce - 1) / atOnce;
            Tensor[] starts = IntStream.range(0, chunks)
                    .mapToObj(i ->
                            chunk(groups.subList(i * atOnce, Math.min(groups.size(), (i + 1) * atOnce)), i * atOnce))
                    .toArray(Tensor[]::new);
            return starts.length == 1 ? starts[0] : cat(new TensorVector(starts), 0);
        });
    }

    private Tensor chunk(List<Group> groups, int first) {
        return Scope.keeping(() -> {
            Tensor hidden = frozen.decoder()
                    .forward(
                            embeddings(groups),
                            Rope.of(frozen.decoder().shape(), positions(groups), model.placement()),
                            cache.fill(first, groups.size()),
                            frozen.deltas());
            int length = cache.length();
            long[] places = IntStream.range(0, groups.size())
                    .boxed()
                    .flatMap(g -> groups.get(g).rows().stream()
                            .map(row -> (long) g * length + groups.get(g).prompt().length + row.cut() - 1))
                    .mapToLong(Long::longValue)
                    .toArray();
            return hidden.index_select(0, model.placement().indices(places, places.length));
        });
    }

    /** Prompts and stems side by side, filled up on the right with whatever the first token is. */
    private Tensor embeddings(List<Group> groups) {
        int[] prompts =
                groups.stream().flatMapToInt(g -> Arrays.stream(g.prompt())).toArray();
        long[] stems = groups.stream()
                .flatMapToInt(g -> Arrays.stream(g.stem()))
                .asLongStream()
                .toArray();
        Tensor[] seen = groups.stream().flatMap(group -> group.seen().stream()).toArray(Tensor[]::new);
        Tensor rows = model.embed(
                prompts,
                switch (seen.length) {
                    case 0 -> Optional.empty();
                    case 1 -> Optional.of(seen[0]);
                    default -> Optional.of(cat(new TensorVector(seen), 0));
                });
        if (stems.length > 0) {
            // Not with the prompts: a stem may hold a token that would ask for a picture there.
            rows = cat(
                    new TensorVector(
                            rows, frozen.decoder().embed(model.placement().indices(stems, stems.length))),
                    0);
        }
        if (groups.size() == 1 && groups.getFirst().length() == cache.length()) {
            return rows;
        }
        long[] places = new long[groups.size() * cache.length()];
        int prompt = 0;
        int stem = prompts.length;
        for (int g = 0; g < groups.size(); g++) {
            int at = g * cache.length();
            for (int i = 0; i < groups.get(g).prompt().length; i++) {
                places[at++] = prompt++;
            }
            for (int i = 0; i < groups.get(g).stem().length; i++) {
                places[at++] = stem++;
            }
        }
        return rows.index_select(0, model.placement().indices(places, places.length));
    }

    private long[][] positions(List<Group> groups) {
        int length = cache.length();
        long[][] rows = new long[3][groups.size() * length];
        for (int g = 0; g < groups.size(); g++) {
            Group group = groups.get(g);
            for (int axis = 0; axis < 3; axis++) {
                System.arraycopy(group.positions().rows()[axis], 0, rows[axis], g * length, group.prompt().length);
                for (int i = 0; i < group.stem().length; i++) {
                    rows[axis][g * length + group.prompt().length + i] = group.position(i);
                }
            }
        }
        return rows;
    }
}
