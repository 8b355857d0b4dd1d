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
import org.espalier.srpo.group.ProcessGroup;
import org.espalier.srpo.objective.Objective;
import org.espalier.srpo.objective.Objective.Evaluation;
import org.espalier.srpo.objective.Objective.Metrics;
import org.espalier.srpo.objective.Objective.Scores;
import org.espalier.srpo.train.GradientExchange.PathScores;
import org.espalier.srpo.tree.TokenTree;
import org.espalier.srpo.tree.TreePass;
import org.espalier.tensor.NativeThreads;
import org.espalier.tensor.SmallProduct;

/**
 * The gradient of a batch of questions. Where single products are so small that they cannot keep several processors
 * busy, questions are computed side by side, each on one. Processes that train together compute some of the questions each.
 * Gradients are added up in the order of the questions, so that neither the number of processors nor that of processes
 * changes anything.
 */
final class BatchGradient implements AutoCloseable {
    private final VisionLanguageModel model;
    private final Objective objective;
    private final Parallelism parallelism;
    private final GradientExchange exchange;
    private final ExecutorService workers;

    BatchGradient(VisionLanguageModel model, Objective objective, Parallelism parallelism) {
        this.model = model;
        this.objective = objective;
        this.parallelism = parallelism;
        this.exchange = new GradientExchange(parallelism.group());
        this.workers = Executors.newFixedThreadPool(
                parallelism.workers(),
                Thread.ofPlatform().daemon().name("train-", 0).factory());
    }

    /**
     * One question of a batch.
     *
     * @param pictures of its prompt
     * @param base log-probabilities by the base model, where the objective needs them
     */
    record Item(TokenTree tree, Shown pictures, List<double[]> base) {}

    /**
     * Adds the gradient of the questions' mean loss to {@code sum}, and tells the metrics summed over them: in the first
     * process, the others know of their own questions alone.
     *
     * @param items makes what is computed with of a question of this process
     */
    Metrics addTo(Gradients sum, List<TokenTree> batch, IntFunction<Item> items, Adapter adapter) {
        TextShape shape = model.decoder().shape();
        boolean apart = batch.stream()
                .mapToLong(tree -> shape.largestProduct(tree.tokens()))
                .allMatch(product -> model.placement().isSmall(SmallProduct.SIDE_BY_SIDE, product));
        ProcessGroup group = parallelism.group();
        QuestionShares shares =
                QuestionShares.of(batch.stream().map(TokenTree::tokens).toList(), group.size());
        List<Item> own = shares.of(group.rank()).stream().map(items::apply).toList();
        List<Scores> scores = objective.needs().contains(Objective.Need.BATCH)
                ? scores(batch, shares, each(own, apart, i -> scores(own.get(i), adapter)))
                : List.of();
        double scale = 1.0 / batch.size();
        // Adding to the sum on the way rounds otherwise than adding a gradient that is whole.
        if (!apart && parallelism.threads().isEmpty()) {
            return total(each(own, false, i -> backward(own.get(i), scale, scores, adapter, sum)));
        }
        List<Gradients> gradients = new ArrayList<>();
        try {
            own.forEach(_ -> gradients.add(new Gradients(adapter.parameters())));
            List<Metrics> metrics =
                    each(own, apart, i -> backward(own.get(i), scale, scores, adapter, gradients.get(i)));
            List<Metrics> all = exchange.metrics(shares, metrics);
            exchange.add(sum, shares, gradients, adapter);
            return total(all);
        } finally {
            gradients.forEach(Gradients::close);
        }
    }

    /** The scores of the whole batch, of which this process knows its own. */
    private List<Scores> scores(List<TokenTree> batch, QuestionShares shares, List<Scores> own) {
        List<PathScores> all = exchange.scores(
                shares,
                own.stream().map(one -> new PathScores(one.paths(), one.base())).toList());
        return IntStream.range(0, batch.size())
                .mapToObj(i ->
                        new Scores(batch.get(i), all.get(i).paths(), all.get(i).base(), List.of()))
                .toList();
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
        // Where another process was lost, the rest would be computed for nobody.
        IntFunction<T> watched = i -> {
            parallelism.group().check();
            return work.apply(i);
        };
        if (!apart) {
            return IntStream.range(0, items.size()).mapToObj(watched).toList();
        }
        try (NativeThreads single = NativeThreads.single()) {
            List<CompletableFuture<T>> running = IntStream.range(0, items.size())
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> watched.apply(i), workers))
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
