package org.espalier.srpo.train;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.javacpp.PointerScope;
import org.espalier.core.SurroundingsException;
import org.espalier.model.decoder.LoraSnapshot;
import org.espalier.model.family.VisionLanguageModel;
import org.espalier.model.lora.Adapter;
import org.espalier.model.lora.Gradients;
import org.espalier.srpo.objective.Objective;
import org.espalier.srpo.objective.Objective.Evaluation;
import org.espalier.srpo.objective.Objective.Metrics;
import org.espalier.srpo.objective.Objective.Scores;
import org.espalier.srpo.train.BatchGradient.Item;
import org.espalier.srpo.tree.TokenTree;
import org.espalier.srpo.tree.TreePass;
import org.espalier.tensor.OutOfMemory;

/**
 * One question forward, its loss, and its gradient backward. A question for which there was no memory is computed with less
 * from then on ({@link Thrift}).
 */
final class QuestionPass {
    private static final System.Logger LOG = System.getLogger(QuestionPass.class.getName());

    private final VisionLanguageModel model;
    private final Objective objective;
    private final Map<String, Thrift> thrifts = new ConcurrentHashMap<>();

    QuestionPass(VisionLanguageModel model, Objective objective) {
        this.model = model;
        this.objective = objective;
    }

    /** There was no memory for a question, which next time takes less; what had been added to gradients is of no use. */
    static final class NoRoom extends RuntimeException {
        private static final long serialVersionUID = 1;

        NoRoom(RuntimeException cause) {
            super(cause);
        }
    }

    /** How many questions are computed with less memory than others. */
    int thrifty() {
        return thrifts.size();
    }

    /** The scores alone. */
    Scores scores(Item item, Adapter adapter) {
        return new Scores(
                item.tree(), TreePass.score(model, item.tree(), item.pictures(), adapter), item.base(), List.of());
    }

    /**
     * Adds {@code scale} times the gradient of a question.
     *
     * @param sharing how many questions are computed at once in the memory of this one
     * @throws NoRoom if it is to be tried again
     * @throws SurroundingsException if there is no way left, naming the question
     */
    Metrics backward(Item item, double scale, List<Scores> batch, Adapter adapter, Gradients gradients, int sharing) {
        Thrift thrift = thrifts.getOrDefault(item.id(), Thrift.USUAL);
        try (PointerScope scope = new PointerScope()) {
            LoraSnapshot lora = adapter.snapshot(model.placement(), gradients);
            return thrift == Thrift.PATHS_ALONE
                    ? alone(item, scale, batch, adapter, lora)
                    : together(item, scale, batch, lora, thrift, sharing);
        } catch (RuntimeException e) {
            if (!OutOfMemory.is(e)) {
                throw e;
            }
            Thrift less = thrift.less().orElseThrow(() -> hopeless(item, e));
            thrifts.put(item.id(), less);
            LOG.log(
                    System.Logger.Level.WARNING,
                    "there was no memory for the question " + item.id() + " " + thrift.words()
                            + "; from now on it is computed " + less.words());
            throw new NoRoom(e);
        }
    }

    private Metrics together(
            Item item, double scale, List<Scores> batch, LoraSnapshot lora, Thrift thrift, int sharing) {
        List<TokenTree> tree = List.of(item.tree());
        int layersAgain = thrift == Thrift.USUAL ? TreePass.size(model, tree).layersAgainHere(sharing) : layers();
        try (TreePass pass = TreePass.forward(model, tree, item.pictures(), lora, layersAgain)) {
            Evaluation evaluation = objective.evaluate(new Scores(item.tree(), pass.logprobs(), item.base(), batch));
            pass.backward(scaled(evaluation.gradients(), scale * item.weight()));
            return evaluation.metrics().weighing(item.weight());
        }
    }

    /** The scores of all paths are known before the first goes back. */
    private Metrics alone(Item item, double scale, List<Scores> batch, Adapter adapter, LoraSnapshot lora) {
        List<TokenTree> paths = item.tree().alone();
        List<double[]> logprobs = paths.stream()
                .flatMap(path -> TreePass.score(model, path, item.pictures(), adapter).stream())
                .toList();
        Evaluation evaluation = objective.evaluate(new Scores(item.tree(), logprobs, item.base(), batch));
        List<double[]> gradients = scaled(evaluation.gradients(), scale * item.weight());
        for (int i = 0; i < paths.size(); i++) {
            try (PointerScope scope = new PointerScope();
                    TreePass pass = TreePass.forward(model, List.of(paths.get(i)), item.pictures(), lora, layers())) {
                pass.backward(List.of(gradients.get(i)));
            }
        }
        return evaluation.metrics().weighing(item.weight());
    }

    private int layers() {
        return model.decoder().shape().layers();
    }

    private static List<double[]> scaled(List<double[]> gradients, double scale) {
        return gradients.stream()
                .map(path ->
                        Arrays.stream(path).map(gradient -> gradient * scale).toArray())
                .toList();
    }

    private SurroundingsException hopeless(Item item, RuntimeException cause) {
        return new SurroundingsException(
                "There is no memory for a step on the question " + item.id()
                        + ", not even one path at a time with every layer computed again: "
                        + QuestionSize.of(item.tree(), model.config()) + ". " + QuestionSize.REMEDY,
                cause);
    }
}
