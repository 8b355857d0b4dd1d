package org.espalier.srpo.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.espalier.core.file.TreeFile;
import org.espalier.model.LoadedModel;
import org.espalier.model.PictureFeatures;
import org.espalier.model.decoder.Deltas;
import org.espalier.model.decoder.TextShape;
import org.espalier.model.lora.AdamW;
import org.espalier.model.lora.Adapter;
import org.espalier.model.lora.Gradients;
import org.espalier.srpo.objective.Losses;
import org.espalier.srpo.objective.Objective.Evaluation;
import org.espalier.srpo.objective.Objective.Scores;
import org.espalier.srpo.objective.Srpo;
import org.espalier.srpo.tree.TokenTree;
import org.espalier.srpo.tree.TreePass;
import org.espalier.tensor.Device;
import org.junit.jupiter.api.Test;

/** Computes every number of {@code docs/walkthrough.md} that training makes. */
class WalkthroughTest {
    private static final Path ROOT = Path.of(System.getProperty("espalier.root", ".."));
    private static final Path FILES = ROOT.resolve(Path.of("docs", "walkthrough"));
    private static final TrainSettings SETTINGS =
            TrainSettings.PAPER.withLearningRate(LearningRate.constant(4e-3)).withBatch(1);

    private final List<String> said = new ArrayList<>();

    private void say(String words, Object... values) {
        said.add(words.formatted(values));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value).replace('-', '−');
    }

    /** Three digits: the fourth of one depends on the number of threads. */
    private static String gradient(double value) {
        return String.format(Locale.ROOT, "%.3g", value).replace('-', '−');
    }

    @Test
    void theDocumentTellsTheNumbersThatTheCodeComputes() throws IOException {
        try (LoadedModel model = LoadedModel.open(ROOT.resolve(Path.of("greenhouse", "model")), Device.CPU);
                PictureFeatures pictures = new PictureFeatures(model, 1 << 20, Deltas.NONE);
                Adapter adapter = Adapter.fresh(SETTINGS.lora(), model.config(), model.placement(), 0);
                AdamW optimizer = new AdamW(adapter.parameters(), SETTINGS.optimizer());
                PointerScope scope = new PointerScope()) {
            TrainingSet.TrainingQuestion question = TrainingSet.of(
                            Srpo.PAPER,
                            TreeFile.read(FILES.resolve("trees.jsonl")),
                            FILES.resolve("ssui.jsonl"),
                            model.folder(),
                            0)
                    .questions()
                    .getFirst();
            tree(question.tree(), model);
            PictureFeatures.Shown shown = pictures.of(question.images());
            double before = step(model, adapter, optimizer, question.tree(), shown);
            double after = Srpo.PAPER
                    .evaluate(scores(question.tree(), TreePass.score(model.model(), question.tree(), shown, adapter)))
                    .metrics()
                    .loss();
            say("from %s to %s", number(before), number(after));
        }
        String document = Files.readString(ROOT.resolve(Path.of("docs", "walkthrough.md")));
        assertThat(said).allSatisfy(words -> assertThat(document).contains(words));
    }

    private void tree(TokenTree tree, LoadedModel model) {
        long picture = IntStream.of(tree.prompt())
                .filter(id -> id == model.config().imageToken())
                .count();
        say("%d tokens, %d of them the picture's", tree.prompt().length, picture);
        for (int i = 0; i < tree.leaves().size(); i++) {
            TokenTree.Leaf leaf = tree.leaves().get(i);
            say("| %d | %d | %d | %s |", i, leaf.shared(), leaf.tokens().length, number(leaf.weight()));
        }
        say("%d tokens instead of %d", tree.tokens(), tree.pairwiseTokens());
        TextShape text = model.config().text();
        say("`[%d, %d]`", tree.tokens(), text.hidden());
        int scored =
                tree.leaves().stream().mapToInt(leaf -> leaf.tokens().length).sum();
        say("`[%d, %d]`", scored, text.hidden());
        say("`[%d, %d]`", scored, text.vocabulary());
        say("`[%d, %d, %d]`", tree.tokens(), text.heads(), text.headWidth());
        say("`[%d, %d, %d]`", tree.tokens(), text.keyValueHeads(), text.headWidth());
        say("`[%d, %d]`", tree.tokens(), 2 * text.feedForward());
    }

    private static Scores scores(TokenTree tree, List<double[]> logprobs) {
        return new Scores(tree, logprobs, List.of(), List.of());
    }

    private double step(
            LoadedModel model, Adapter adapter, AdamW optimizer, TokenTree tree, PictureFeatures.Shown shown) {
        try (Gradients gradients = new Gradients(adapter.parameters());
                PointerScope scope = new PointerScope();
                TreePass pass = TreePass.forward(
                        model.model(), List.of(tree), shown, adapter.snapshot(model.placement(), gradients))) {
            List<double[]> paths = pass.logprobs();
            Evaluation evaluation = Srpo.PAPER.evaluate(scores(tree, paths));
            say(
                    "| reference | %s | | %s |",
                    number(Losses.sum(paths.get(0))),
                    gradient(evaluation.gradients().get(0)[0]));
            for (int i = 1; i < paths.size(); i += 2) {
                say(
                        "| pair %d | %s | %s | %s, %s |",
                        (i + 1) / 2,
                        number(Losses.sum(paths.get(i))),
                        number(Losses.sum(paths.get(i + 1))),
                        gradient(evaluation.gradients().get(i)[0]),
                        gradient(evaluation.gradients().get(i + 1)[0]));
            }
            say("J_ref = %s", number(evaluation.metrics().reference()));
            say("J_align = %s", number(evaluation.metrics().alignment()));
            say("J = %s", number(evaluation.metrics().loss()));
            pass.backward(evaluation.gradients());
            say("%,d numbers", adapter.parameters().flat().numel());
            float[] a = model.placement().floats(gradients.of("layers.0.self_attn.q_proj.lora_A"));
            float[] b = model.placement().floats(gradients.of("layers.0.self_attn.q_proj.lora_B"));
            assertThat(a).containsOnly(0);
            assertThat(b).doesNotContain(0);
            say("norm is %s", number(optimizer.step(SETTINGS.learningRate().at(0, 1), gradients.flat())));
            return evaluation.metrics().loss();
        }
    }
}
