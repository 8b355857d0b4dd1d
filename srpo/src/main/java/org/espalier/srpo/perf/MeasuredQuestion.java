package org.espalier.srpo.perf;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.espalier.model.family.PictureInput;
import org.espalier.model.family.VisionLanguageModel;
import org.espalier.model.lora.Adapter;
import org.espalier.srpo.objective.Losses;
import org.espalier.srpo.objective.Term;
import org.espalier.srpo.tree.QuestionObjective;
import org.espalier.srpo.tree.TreeScorer;
import org.espalier.tensor.HostTensors;
import org.espalier.tensor.Scope;

/** One question on one model, forward and backward in any way. */
record MeasuredQuestion(VisionLanguageModel model, Adapter adapter, SampleQuestion question) {
    /**
     * One run.
     *
     * @param seconds of it, reading the results off not included
     * @param memory peak of the process in MiB, 0 if unknown
     * @param logprobs of each path
     * @param gradient of the adapter
     */
    record Run(double seconds, long memory, double[] logprobs, float[] gradient) {}

    Run run(Way way) {
        double[] logprobs = new double[question.objective().tree().leaves().size()];
        ResidentMemory.forget();
        long start = System.nanoTime();
        learn(way, logprobs);
        try (Tensor gradient = adapter.parameters().takeGradients()) {
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Run(seconds, ResidentMemory.peak().orElse(0), logprobs, HostTensors.floats(gradient));
        }
    }

    private void learn(Way way, double[] logprobs) {
        List<Term> terms = question.objective().terms().stream()
                .map(term -> noting(term, logprobs))
                .toList();
        if (way == Way.PAIRWISE) {
            terms.forEach(term -> learn(way, List.of(term), term.leaves().size()));
        } else {
            learn(way, terms, way == Way.TREE ? 1 : logprobs.length);
        }
    }

    private void learn(Way way, List<Term> terms, int pictures) {
        try (PointerScope scope = new PointerScope()) {
            List<PictureInput> shown = question.pictures();
            QuestionObjective objective =
                    new QuestionObjective(question.objective().tree(), terms);
            objective.learn(new TreeScorer(model), shown, Optional.of(seen(pictures)), adapter, 1, way.mode());
        }
    }

    /** Every sequence sees the picture anew; what was seen last is as good as any. */
    private Tensor seen(int times) {
        Tensor all = Scope.withoutGradients(
                () -> model.see(Collections.nCopies(times, question.pictures().getFirst())));
        return all.narrow(0, 0, all.size(0) / times);
    }

    private static Term noting(Term term, double[] logprobs) {
        return new Term(
                term.kind(),
                term.leaves(),
                paths -> {
                    for (int i = 0; i < paths.size(); i++) {
                        logprobs[term.leaves().get(i)] = Losses.sum(paths.get(i));
                    }
                    return term.loss().of(paths);
                },
                term.weight());
    }
}
