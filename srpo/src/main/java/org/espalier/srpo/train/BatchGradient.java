package org.espalier.srpo.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.espalier.core.text.Counted;
import org.espalier.model.PictureFeatures.Shown;
import org.espalier.model.decoder.TapeSize;
import org.espalier.model.family.VisionLanguageModel;
import org.espalier.model.lora.Adapter;
import org.espalier.model.lora.Gradients;
import org.espalier.srpo.group.ProcessGroup;
import org.espalier.srpo.objective.Objective;
import org.espalier.srpo.objective.Objective.Metrics;
import org.espalier.srpo.objective.Objective.Scores;
import org.espalier.srpo.train.GradientExchange.PathScores;
import org.espalier.srpo.tree.TokenTree;
import org.espalier.srpo.tree.TreePass;
import org.espalier.tensor.SideBySide;

/**
 * The gradient of a batch of questions, which are computed side by side, a processor each, where that is quicker ({@link
 * Parallelism#sideBySide}). Processes that train together compute some of the questions each.
 * Gradients are added up in the order of the questions, so that neither the number of processors nor that of processes
 * changes anything.
 */
final class BatchGradient implements AutoCloseable {
    private final VisionLanguageModel model;
    private final Objective objective;
    private final QuestionPass pass;
    private final Parallelism parallelism;
    private final GradientExchange exchange;
    private final SideBySide workers;

    BatchGradient(VisionLanguageModel model, Objective objective, Parallelism parallelism) {
        this.model = model;
        this.objective = objective;
        this.pass = new QuestionPass(model, objective);
        this.parallelism = parallelism;
        this.exchange = new GradientExchange(parallelism.group());
        this.workers = new SideBySide(parallelism.workers(), "train");
    }

    /**
     * One question of a batch.
     *
     * @param weight of its loss in the mean over the batch
     * @param pictures of its prompt
     * @param base log-probabilities by the base model, where the objective needs them
     */
    record Item(String id, TokenTree tree, double weight, Shown pictures, List<double[]> base) {}

    /**
     * Puts the gradient of the questions' mean loss into {@code sum}, which is zero before, and tells the metrics summed over them: in the first
     * process, the others know of their own questions alone.
     *
     * @param items makes what is computed with of a question of this process
     */
    Metrics addTo(Gradients sum, List<TokenTree> batch, IntFunction<Item> items, Adapter adapter) {
        TapeSize largest = batch.stream()
                .map(tree -> TreePass.size(model, List.of(tree)))
                .max(Comparator.comparingLong(TapeSize::whole))
                .orElseThrow();
        OptionalInt sideBySide = parallelism.sideBySide(largest, batch.size())
                ? OptionalInt.of(parallelism.atOnce(largest))
                : OptionalInt.empty();
        int sharing = parallelism.here() * sideBySide.orElse(1);
        ProcessGroup group = parallelism.group();
        QuestionShares shares =
                QuestionShares.of(batch.stream().map(TokenTree::tokens).toList(), group.size());
        List<Item> own = shares.of(group.rank()).stream().map(items::apply).toList();
        List<Scores> scores = objective.needs().contains(Objective.Need.BATCH)
                ? scores(batch, shares, each(own, sideBySide, i -> pass.scores(own.get(i), adapter)))
                : List.of();
        double scale = 1.0 / batch.size();
        // Adding to the sum on the way rounds otherwise than adding a gradient that is whole.
        if (sideBySide.isEmpty() && parallelism.threads().isEmpty()) {
            return total(untilThereIsRoom(
                    sum::clear,
                    () -> each(own, sideBySide, i -> pass.backward(own.get(i), scale, scores, adapter, sum, sharing))));
        }
        List<Gradients> gradients = new ArrayList<>();
        try {
            own.forEach(_ -> gradients.add(new Gradients(adapter.parameters())));
            List<Metrics> metrics = untilThereIsRoom(
                    () -> gradients.forEach(Gradients::clear),
                    () -> each(
                            own,
                            sideBySide,
                            i -> pass.backward(own.get(i), scale, scores, adapter, gradients.get(i), sharing)));
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

    /** A question for which there is no memory takes less the next time; all are computed anew, from empty sums. */
    private List<Metrics> untilThereIsRoom(Runnable empty, Supplier<List<Metrics>> work) {
        while (true) {
            try {
                return work.get();
            } catch (QuestionPass.NoRoom e) {
                model.placement().release();
                empty.run();
            }
        }
    }

    /** What a person who watches is told; empty where all is as usual. */
    String note() {
        return pass.thrifty() == 0 ? "" : Counted.of(pass.thrifty(), "question") + " with less memory";
    }

    private static Metrics total(List<Metrics> metrics) {
        return metrics.stream().reduce(Metrics.ZERO, Metrics::plus);
    }

    /** Does something with each question, one after the other or a thread each; results in the order of the questions. */
    private <T> List<T> each(List<Item> items, OptionalInt sideBySide, IntFunction<T> work) {
        // Where another process was lost, the rest would be computed for nobody.
        IntFunction<T> watched = i -> {
            parallelism.group().check();
            return work.apply(i);
        };
        return sideBySide.isPresent()
                ? workers.each(items.size(), sideBySide.getAsInt(), watched)
                : IntStream.range(0, items.size()).mapToObj(watched).toList();
    }

    @Override
    public void close() {
        workers.close();
    }
}
