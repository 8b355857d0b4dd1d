package org.espalier.srpo.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.espalier.model.PictureFeatures.Shown;
import org.espalier.model.decoder.TextShape;
import org.espalier.model.family.VisionLanguageModel;
import org.espalier.model.lora.Adapter;
import org.espalier.model.lora.Gradients;
import org.espalier.srpo.objective.Objective;
import org.espalier.srpo.objective.Objective.Evaluation;
import org.espalier.srpo.objective.Objective.Metrics;
import org.espalier.srpo.objective.Objective.Scores;
import org.espalier.srpo.tree.TokenTree;
import org.espalier.srpo.tree.TreePass;
import org.espalier.tensor.NativeThreads;
import org.espalier.tensor.SmallProduct;

/**
 * The gradient of a batch of questions. Where single products are so small that they cannot keep several processors
 * busy, questions are computed side by side, each on one. Gradients are added up in the order of the questions, so that
 * the number of processors changes nothing.
 */
final class BatchGradient implements AutoCloseable {
    private final VisionLanguageModel model;
    private final Objective objective;
    private final ExecutorService workers;

    BatchGradient(VisionLanguageModel model, Objective objective) {
        this.model = model;
        this.objective = objective;
        this.workers = Executors.newFixedThreadPool(
                Runtime.getRuntime().availableProcessors(),
                Thread.ofPlatform().daemon().name("train-", 0).factory());
    }

    /**
     * One question of a batch.
     *
     * @param pictures of its prompt
     * @param base log-probabilities by the base model, where the objective needs them
     */
    record Item(TokenTree tree, Shown pictures, List<double[]> base) {}

    /** Adds the gradient of the questions' mean loss to {@code sum}, and tells the metrics summed over them. */
    Metrics addTo(Gradients sum, List<Item> items, Adapter adapter) {
        TextShape shape = model.decoder().shape();
        boolean apart = items.stream()
                .mapToLong(item -> shape.largestProduct(item.tree().tokens()))
                .allMatch(product -> model.placement().isSmall(SmallProduct.SIDE_BY_SIDE, product));
        List<Scores> batch = objective.needs().contains(Objective.Need.BATCH)
                ? each(items, apart, i -> scores(items.get(i), adapter))
                : List.of();
        double scale = 1.0 / items.size();
        if (!apart) {
            return total(each(items, false, i -> backward(items.get(i), scale, batch, adapter, sum)));
        }
        List<Gradients> own = new ArrayList<>();
        try {
            items.forEach(_ -> own.add(new Gradients(adapter.parameters())));
            List<Metrics> metrics = each(items, true, i -> backward(items.get(i), scale, batch, adapter, own.get(i)));
            own.forEach(sum::add);
            return total(metrics);
        } finally {
            own.forEach(Gradients::close);
        }
    }

    /** One question forward, its loss, and {@code scale} times its gradient backward into {@code gradients}. */
    private Metrics backward(Item item, double scale, List<Scores> batch, Adapter adapter, Gradients gradients) {
        try (PointerScope scope = new PointerScope();
                TreePass pass = TreePass.forward(
                        model, List.of(item.tree()), item.pictures(), adapter.snapshot(model.placement(), gradients))) {
            Evaluation evaluation = objective.evaluate(new Scores(item.tree(), pass.logprobs(), item.base(), batch));
            pass.backward(scaled(evaluation.gradients(), scale));
            return evaluation.metrics();
        }
    }

    private Scores scores(Item item, Adapter adapter) {
        return new Scores(
                item.tree(), TreePass.score(model, item.tree(), item.pictures(), adapter), item.base(), List.of());
    }

    private static List<double[]> scaled(List<double[]> gradients, double scale) {
        return gradients.stream()
                .map(path ->
                        Arrays.stream(path).map(gradient -> gradient * scale).toArray())
                .toList();
    }

    private static Metrics total(List<Metrics> metrics) {
        return metrics.stream().reduce(Metrics.ZERO, Metrics::plus);
    }

    /** Does something with each question, one after the other or a thread each; results in the order of the questions. */
    private <T> List<T> each(List<Item> items, boolean apart, IntFunction<T> work) {
        if (!apart) {
            return IntStream.range(0, items.size()).mapToObj(work).toList();
        }
        try (NativeThreads single = NativeThreads.single()) {
            List<CompletableFuture<T>> running = IntStream.range(0, items.size())
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> work.apply(i), workers))
                    .toList();
            // Waits for every one, also where one failed or somebody interrupts: what they use is about to be freed.
            CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).join();
            return running.stream().map(CompletableFuture::join).toList();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw e;
            }
        }
    }

    @Override
    public void close() {
        workers.close();
    }
}
