package org.espalier.lab.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.espalier.core.Progress;
import org.espalier.core.Sampling;
import org.espalier.core.Seed;
import org.espalier.model.decoder.Deltas;
import org.espalier.model.family.PictureInput;
import org.espalier.model.family.VisionLanguageModel;
import org.espalier.model.internal.batch.FrozenDecoder;
import org.espalier.model.internal.batch.GeneratedTokens;
import org.espalier.model.internal.batch.Generator;
import org.espalier.model.internal.batch.Sequence;
import org.espalier.model.internal.batch.SharedPrompt;
import org.espalier.model.lora.Adapter;
import org.espalier.tensor.Scope;

/** Many continuations of one question, 64 tokens each at temperature 0.5, picture and prompt read once in each run. */
public final class DecodeBenchmark {
    private static final int TOKENS = 64;
    /** The first tokens of every vocabulary stand for bytes and for nothing else. */
    static final int WORDS = 200;

    private DecodeBenchmark() {}

    /**
     * What was measured; seconds are the median of whole runs, the vision tower, reading the prompt and merging the
     * adapter included.
     */
    public record Outcome(String size, int rows, boolean adapter, double seconds, double tokensPerSecond, int runs) {}

    /** Measures each number of rows, with an adapter and without. */
    public static List<Outcome> run(Size size, List<Integer> rows, int runs, int warmUps, Progress progress) {
        try (RandomWeights weights = new RandomWeights(size.placement(), 0)) {
            return run(size, size.config().model(weights, Set.of()), rows, runs, warmUps, progress);
        }
    }

    private static List<Outcome> run(
            Size size, VisionLanguageModel model, List<Integer> rows, int runs, int warmUps, Progress progress) {
        try (Adapter adapter = RandomAdapter.of(model)) {
            List<Outcome> outcomes = new ArrayList<>();
            for (int count : rows) {
                outcomes.add(measure(size, model, Deltas.NONE, false, count, runs, warmUps, progress));
                outcomes.add(measure(size, model, adapter, true, count, runs, warmUps, progress));
            }
            return outcomes;
        }
    }

    private static Outcome measure(
            Size size,
            VisionLanguageModel model,
            Deltas deltas,
            boolean adapted,
            int rows,
            int runs,
            int warmUps,
            Progress progress) {
        List<Double> seconds = new ArrayList<>();
        for (int i = 0; i < warmUps + runs; i++) {
            progress.at("perf decode " + size.name(), i, warmUps + runs, rows + " rows" + (adapted ? ", adapter" : ""));
            long start = System.nanoTime();
            sample(size, model, deltas, rows);
            if (i >= warmUps) {
                seconds.add((System.nanoTime() - start) / 1e9);
            }
        }
        double median = Median.of(seconds, Double::doubleValue);
        return new Outcome(size.name(), rows, adapted, median, rows * TOKENS / median, runs);
    }

    /**
     * Continuations of a prompt of random words: the language model alone.
     *
     * @param tokens of each continuation
     */
    public static List<GeneratedTokens> ofWords(VisionLanguageModel model, int promptTokens, int rows, int tokens) {
        int[] prompt = new SplittableRandom(1).ints(promptTokens, 0, WORDS).toArray();
        SharedPrompt shared = new SharedPrompt(
                "sample", prompt, model.positions(prompt, List.of()), Optional.empty(), new int[0], starts(rows));
        try (PointerScope scope = new PointerScope()) {
            return new Generator(model, FrozenDecoder.of(model, Deltas.NONE), Set.of(), Set.of())
                    .generate(List.of(shared), Sampling.at(0.5, tokens, 1), () -> Sequence.Watch.NOTHING)
                    .getFirst();
        }
    }

    private static List<SharedPrompt.Start> starts(int rows) {
        return IntStream.range(0, rows)
                .mapToObj(row -> new SharedPrompt.Start(0, Seed.of(1, "tokens", row)))
                .toList();
    }

    private static void sample(Size size, VisionLanguageModel model, Deltas deltas, int rows) {
        try (PointerScope scope = new PointerScope()) {
            RandomPrompt random = RandomPrompt.of(size, new SplittableRandom(1));
            List<PictureInput> pictures = List.of(random.picture());
            Tensor features = Scope.withoutGradients(() -> model.pictureFeatures(pictures));
            int[] prompt = random.tokens();
            SharedPrompt shared = new SharedPrompt(
                    "sample",
                    prompt,
                    model.positions(prompt, pictures),
                    Optional.of(features),
                    new int[0],
                    starts(rows));
            // No token ends an answer, so that every sequence gets all its tokens.
            new Generator(model, FrozenDecoder.of(model, deltas), Set.of(), Set.of())
                    .generate(List.of(shared), Sampling.at(0.5, TOKENS, 1), () -> Sequence.Watch.NOTHING);
        }
    }
}
