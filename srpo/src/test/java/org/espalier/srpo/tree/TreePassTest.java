package org.espalier.srpo.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.espalier.model.LoadedModel;
import org.espalier.model.ModelFolder;
import org.espalier.model.PictureFeatures.Shown;
import org.espalier.model.family.VisionLanguageModel;
import org.espalier.model.lora.Adapter;
import org.espalier.model.lora.AdapterFiles;
import org.espalier.model.lora.Gradients;
import org.espalier.tensor.Placement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The tree against the plain way, path by path and all paths at once, on the fixture's weights. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TreePassTest {
    private static final Shown NO_PICTURES = new Shown(List.of(), Optional.empty());
    private static final TokenTree TREE = TokenTreeTest.tree(true);

    private LoadedModel loaded;
    private VisionLanguageModel model;
    private Adapter adapter;

    @BeforeAll
    void make() {
        Path folder = Path.of(System.getProperty("espalier.root", ".."), "fixtures", "qwen2_5_vl");
        loaded = LoadedModel.open(ModelFolder.open(folder), Placement.CPU);
        model = loaded.model();
        adapter = AdapterFiles.read(folder.resolve("adapter"), loaded.config(), Placement.CPU);
    }

    @AfterAll
    void close() {
        adapter.close();
        loaded.close();
    }

    /** What passes over some trees, one after the other, come to. */
    private record Result(List<double[]> logprobs, float[] gradient) {}

    private Result run(List<List<TokenTree>> passes) {
        return run(passes, 0);
    }

    private Result run(List<List<TokenTree>> passes, int layersAgain) {
        List<double[]> logprobs = new ArrayList<>();
        try (Gradients gradients = new Gradients(adapter.parameters())) {
            for (List<TokenTree> trees : passes) {
                try (PointerScope scope = new PointerScope();
                        TreePass pass = TreePass.forward(
                                model,
                                trees,
                                NO_PICTURES,
                                adapter.snapshot(model.placement(), gradients),
                                layersAgain)) {
                    logprobs.addAll(pass.logprobs());
                    pass.backward(outputGradients(trees, pass.logprobs()));
                }
            }
            return new Result(logprobs, model.placement().floats(gradients.flat()));
        }
    }

    private static List<double[]> outputGradients(List<TokenTree> trees, List<double[]> logprobs) {
        List<TokenTree.Leaf> leaves =
                trees.stream().flatMap(tree -> tree.leaves().stream()).toList();
        List<double[]> gradients = new ArrayList<>();
        for (int i = 0; i < leaves.size(); i++) {
            double[] gradient = new double[logprobs.get(i).length];
            Arrays.fill(gradient, leaves.get(i).weight());
            gradients.add(gradient);
        }
        return gradients;
    }

    @Test
    void aTreeIsEqualToItsPathsAlone() {
        Result tree = run(List.of(List.of(TREE)));
        Result atOnce = run(List.of(TREE.alone()));
        Result oneByOne = run(TREE.alone().stream().map(List::of).toList());

        for (Result plain : List.of(atOnce, oneByOne)) {
            for (int path = 0; path < 5; path++) {
                assertThat(plain.logprobs().get(path))
                        .containsExactly(tree.logprobs().get(path), within(1e-4));
            }
            assertThat(norm(tree.gradient(), new float[tree.gradient().length])).isGreaterThan(0.1);
            assertThat(norm(plain.gradient(), tree.gradient()))
                    .isLessThan(1e-5 * norm(tree.gradient(), new float[tree.gradient().length]));
        }
    }

    @Test
    void computingLayersAgainChangesNoBitAsATreeAndPathByPath() {
        List<List<TokenTree>> pairs = List.of(
                TREE.alone().subList(0, 1),
                TREE.alone().subList(1, 3),
                TREE.alone().subList(3, 5));
        for (List<List<TokenTree>> passes : List.of(List.of(List.of(TREE)), pairs)) {
            Result kept = run(passes);
            for (int again : new int[] {1, model.decoder().shape().layers()}) {
                Result computed = run(passes, again);
                assertThat(computed.gradient()).isEqualTo(kept.gradient());
                for (int path = 0; path < 5; path++) {
                    assertThat(computed.logprobs().get(path))
                            .isEqualTo(kept.logprobs().get(path));
                }
            }
        }
    }

    @Test
    void scoresAsTheForwardPassDoes() {
        List<double[]> scores = TreePass.score(model, TREE, NO_PICTURES, adapter);
        List<double[]> forward = run(List.of(List.of(TREE))).logprobs();
        for (int path = 0; path < 5; path++) {
            assertThat(scores.get(path)).containsExactly(forward.get(path), within(1e-4));
        }
    }

    @Test
    void refusesGradientsOfOtherPaths() {
        try (Gradients gradients = new Gradients(adapter.parameters());
                PointerScope scope = new PointerScope();
                TreePass pass = TreePass.forward(
                        model, List.of(TREE), NO_PICTURES, adapter.snapshot(model.placement(), gradients))) {
            assertThatThrownBy(() -> pass.backward(List.of(new double[2])))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("paths of [5, 6, 5, 7, 6] scored tokens have gradients of [2]");
        }
    }

    private static double norm(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.pow(a[i] - b[i], 2);
        }
        return Math.sqrt(sum);
    }
}
