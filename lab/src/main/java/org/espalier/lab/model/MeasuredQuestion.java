package org.espalier.lab.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.espalier.lab.process.ProcessMemory;
import org.espalier.model.PictureFeatures.Shown;
import org.espalier.model.family.VisionLanguageModel;
import org.espalier.model.lora.Adapter;
import org.espalier.model.lora.Gradients;
import org.espalier.srpo.objective.Losses;
import org.espalier.srpo.tree.TokenTree;
import org.espalier.srpo.tree.TreePass;
import org.espalier.tensor.Placement;
import org.espalier.tensor.Scope;

/** One question on one model, forward and backward in any way. */
record MeasuredQuestion(VisionLanguageModel model, Adapter adapter, SampleQuestion question) {
    /**
     * One run.
     *
     * @param seconds of it, reading the results off not included
     * @param memory peak in MiB, of a GPU's tensors or of the process; 0 if unknown
     * @param logprobs of each path
     * @param gradient of the adapter
     */
    record Run(double seconds, long memory, double[] logprobs, float[] gradient) {}

    Run run(Way way) {
        List<Double> logprobs = new ArrayList<>();
        Placement placement = model.placement();
        ProcessMemory.forgetPeak();
        placement.forgetPeak();
        long start = System.nanoTime();
        try (Gradients gradients = new Gradients(adapter.parameters())) {
            TokenTree tree = question.tree();
            switch (way) {
                case TREE -> pass(List.of(tree), 1, gradients, logprobs);
                case AT_ONCE -> pass(tree.alone(), tree.leaves().size(), gradients, logprobs);
                case PAIRWISE -> {
                    pass(tree.alone().subList(0, 1), 1, gradients, logprobs);
                    for (int i = 1; i < tree.leaves().size(); i += 2) {
                        pass(tree.alone().subList(i, i + 2), 2, gradients, logprobs);
                    }
                }
            }
            placement.await();
            double seconds = (System.nanoTime() - start) / 1e9;
            OptionalLong peak = placement.peak();
            return new Run(
                    seconds,
                    peak.isPresent()
                            ? peak.getAsLong() >> 20
                            : ProcessMemory.peak().orElse(0),
                    logprobs.stream().mapToDouble(Double::doubleValue).toArray(),
                    placement.floats(gradients.flat()));
        }
    }

    private void pass(List<TokenTree> trees, int pictures, Gradients gradients, List<Double> logprobs) {
        List<TokenTree.Leaf> leaves =
                trees.stream().flatMap(tree -> tree.leaves().stream()).toList();
        try (PointerScope scope = new PointerScope();
                TreePass pass = TreePass.forward(
                        model, trees, seen(pictures), adapter.snapshot(model.placement(), gradients))) {
            pass.backward(SampleQuestion.gradients(leaves, pass.logprobs()));
            pass.logprobs().forEach(path -> logprobs.add(Losses.sum(path)));
        }
    }

    /** Every sequence sees the picture anew; what was seen last is as good as any. */
    private Shown seen(int times) {
        if (question.pictures().isEmpty()) {
            return new Shown(List.of(), Optional.empty());
        }
        Tensor all = Scope.withoutGradients(() -> model.pictureFeatures(
                Collections.nCopies(times, question.pictures().getFirst())));
        return new Shown(question.pictures(), Optional.of(all.narrow(0, 0, all.size(0) / times)));
    }
}
