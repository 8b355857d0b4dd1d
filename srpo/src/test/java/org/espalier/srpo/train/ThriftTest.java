package org.espalier.srpo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.espalier.core.PathTree;
import org.espalier.core.SurroundingsException;
import org.espalier.model.LoadedModel;
import org.espalier.model.ModelFolder;
import org.espalier.model.PictureFeatures.Shown;
import org.espalier.model.lora.Adapter;
import org.espalier.model.lora.Gradients;
import org.espalier.model.lora.LoraSettings;
import org.espalier.model.lora.Targets;
import org.espalier.srpo.objective.Losses;
import org.espalier.srpo.objective.Objective;
import org.espalier.srpo.objective.Scarce;
import org.espalier.srpo.train.BatchGradient.Item;
import org.espalier.srpo.tree.PathTokens;
import org.espalier.srpo.tree.TokenTree;
import org.espalier.tensor.Device;
import org.espalier.tensor.Dtype;
import org.espalier.tensor.Placement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A question for which there is no memory, in the middle of a batch: side by side on a processor, one by one elsewhere. */
class ThriftTest {
    private static final Path FOLDER = Path.of(System.getProperty("espalier.root", ".."), "fixtures", "qwen2_5_vl");

    private final SplittableRandom random = new SplittableRandom(3);
    private final List<TokenTree> trees = List.of(tree(), tree(), tree());

    /** The mean log-probability of all tokens, weighted by the path. */
    private enum Weighted implements Objective {
        SUM;

        @Override
        public Optional<TokenTree> select(PathTree question, PathTokens tokens, SplittableRandom drawn) {
            return Optional.empty();
        }

        @Override
        public Evaluation evaluate(Scores scores) {
            double loss = 0;
            List<double[]> gradients = new ArrayList<>();
            for (int leaf = 0; leaf < scores.paths().size(); leaf++) {
                loss -= scores.weight(leaf) * Losses.sum(scores.path(leaf));
                double[] gradient = new double[scores.path(leaf).length];
                Arrays.fill(gradient, -scores.weight(leaf));
                gradients.add(gradient);
            }
            return new Evaluation(new Metrics(loss, 0, 0, 0, 0, 0, 0, 0, Collections.emptySortedMap()), gradients);
        }
    }

    private TokenTree tree() {
        return new TokenTree(
                words(9),
                words(6),
                List.of(
                        new TokenTree.Leaf(0, words(7), 1),
                        new TokenTree.Leaf(3, words(4), 0.5),
                        new TokenTree.Leaf(6, words(5), -0.25)),
                true);
    }

    private int[] words(int count) {
        return random.ints(count, 0, 200).toArray();
    }

    private record Result(double loss, double[] gradient, String note) {}

    private Result result(Placement placement, int times) {
        Objective objective = new Scarce(Weighted.SUM, tree -> tree == trees.get(1), times);
        try (LoadedModel model = LoadedModel.open(ModelFolder.open(FOLDER), placement);
                Adapter adapter = Adapter.fresh(
                        new LoraSettings(4, 8, 0, Targets.LANGUAGE_MODEL.words()), model.config(), placement, 1);
                BatchGradient batch = new BatchGradient(model.model(), objective, Parallelism.USUAL);
                Gradients sum = new Gradients(adapter.parameters())) {
            Shown nothing = new Shown(List.of(), Optional.empty());
            Objective.Metrics metrics =
                    batch.addTo(sum, trees, i -> new Item("q" + i, trees.get(i), 1, nothing, List.of()), adapter);
            return new Result(metrics.loss(), placement.wide().doubles(sum.flat()), batch.note());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Device.Kind.class,
            names = {"PROCESSOR", "PRETENDED"})
    void isComputedAgainWithLess(Device.Kind kind) {
        Placement placement = new Placement(new Device("cpu", kind), Dtype.F32);
        Result usual = result(placement, 0);
        assertThat(usual.note()).isEmpty();
        assertThat(DoubleStream.of(usual.gradient()).filter(number -> number != 0))
                .isNotEmpty();

        Result again = result(placement, 1);
        assertThat(again.gradient()).containsExactly(usual.gradient());
        assertThat(again.loss()).isEqualTo(usual.loss());
        assertThat(again.note()).isEqualTo("1 question with less memory");

        Result alone = result(placement, 2);
        double largest = DoubleStream.of(usual.gradient()).map(Math::abs).max().orElseThrow();
        assertThat(alone.gradient()).containsExactly(usual.gradient(), within(1e-5 * largest));
        assertThat(alone.loss()).isCloseTo(usual.loss(), within(1e-4 * Math.abs(usual.loss())));
        // Otherwise it was not computed in another way at all.
        assertThat(alone.gradient()).isNotEqualTo(usual.gradient());

        assertThatThrownBy(() -> result(placement, 3))
                .isInstanceOf(SurroundingsException.class)
                .hasMessage(
                        "There is no memory for a step on the question q1, not even one path at a time with every layer"
                                + " computed again: its prompt and paths have 31 tokens, 0 of them of pictures. Show a smaller"
                                + " picture, leave the question out, explore fewer branches, or end other programs.");
    }
}
