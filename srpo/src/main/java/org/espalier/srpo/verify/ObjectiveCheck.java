package org.espalier.srpo.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.espalier.model.decoder.Deltas;
import org.espalier.model.family.VisionLanguageModel;
import org.espalier.model.lora.AdamW;
import org.espalier.model.lora.Adapter;
import org.espalier.model.lora.AdapterFiles;
import org.espalier.srpo.objective.Loss;
import org.espalier.srpo.objective.Losses;
import org.espalier.srpo.objective.Term;
import org.espalier.srpo.tree.Evaluation;
import org.espalier.srpo.tree.QuestionObjective;
import org.espalier.srpo.tree.QuestionObjective.Mode;
import org.espalier.srpo.tree.TokenTree;
import org.espalier.srpo.tree.TreeScorer;
import org.espalier.tensor.HostTensors;

/** The four losses and their gradients, pairwise and as a tree, and three optimizer steps. */
final class ObjectiveCheck {
    private static final double DPO_BETA = 0.1;
    private static final double ORPO_WEIGHT = 0.1;
    private static final double LEARNING_RATE = 1e-3;
    private static final AdamW.Constants CONSTANTS = new AdamW.Constants(0.9, 0.999, 1e-8, 0.01, 1.0);

    private final Expected expected;
    private final Adapter adapter;
    private final OracleTree oracle;
    private final TreeScorer scorer;
    private final Optional<Tensor> seen;
    /** How the file names the adapter's tensors. */
    private final AdapterFiles.Layout layout;

    ObjectiveCheck(Expected expected, VisionLanguageModel model, Adapter adapter, OracleTree oracle) {
        this.expected = expected;
        this.adapter = adapter;
        this.oracle = oracle;
        this.scorer = new TreeScorer(model);
        this.layout = AdapterFiles.Layout.of(expected.keys("sft.grad."));
        this.seen = oracle.pictures().isEmpty() ? Optional.empty() : Optional.of(see(model));
    }

    private Tensor see(VisionLanguageModel model) {
        return org.espalier.tensor.Scope.withoutGradients(() -> model.see(oracle.pictures()));
    }

    void check() {
        try {
            for (Mode mode : Mode.values()) {
                supervised(mode);
                preference(mode);
                pathOptimization(mode);
            }
            logprobs();
            steps();
        } finally {
            seen.ifPresent(Tensor::close);
        }
    }

    private static String label(String name, Mode mode) {
        return name
                + switch (mode) {
                    case TREE -> " (tree)";
                    case PAIRWISE -> " (pairwise)";
                    case AT_ONCE -> " (all at once)";
                };
    }

    private void supervised(Mode mode) {
        QuestionObjective sft = new QuestionObjective(
                referenceTree(), List.of(new Term(Term.Kind.REFERENCE, List.of(0), Losses.tokenMean(), 1)));
        compare(label("sft", mode), "sft", sft, mode);
    }

    private TokenTree referenceTree() {
        return new TokenTree(
                oracle.prompt(),
                new int[0],
                List.of(new TokenTree.Leaf(0, OracleTree.joined(oracle.reference()))),
                false);
    }

    /** The whole path through the second fork, favorable against unfavorable. */
    private void preference(Mode mode) {
        TokenTree tree = wholePaths();
        List<double[]> policy = scorer.score(tree, oracle.pictures(), seen, adapter);
        List<double[]> base = scorer.score(tree, oracle.pictures(), seen, Deltas.NONE);
        expected.close(
                label("dpo", mode),
                "dpo.logps",
                Losses.sum(policy.get(0)),
                Losses.sum(policy.get(1)),
                Losses.sum(base.get(0)),
                Losses.sum(base.get(1)));
        Loss dpo = Losses.dpo(DPO_BETA, Losses.sum(base.get(0)) - Losses.sum(base.get(1)));
        compare(label("dpo", mode), "dpo", pair(tree, dpo), mode);
        double likelihood = -Arrays.stream(policy.get(0)).average().orElseThrow();
        expected.close(
                label("orpo", mode),
                "orpo.parts",
                likelihood,
                Losses.logOdds(1).of(policy).loss());
        compare(label("orpo", mode), "orpo", pair(tree, Losses.orpo(ORPO_WEIGHT)), mode);
    }

    private TokenTree wholePaths() {
        OracleTree.Fork fork = oracle.forks().get(1);
        int[] stem = oracle.trunk(fork.sharedSteps());
        return new TokenTree(
                oracle.prompt(),
                stem,
                List.of(
                        new TokenTree.Leaf(stem.length, fork.positive()),
                        new TokenTree.Leaf(stem.length, fork.negative())),
                true);
    }

    private static QuestionObjective pair(TokenTree tree, Loss loss) {
        return new QuestionObjective(tree, List.of(new Term(Term.Kind.ALIGNMENT, List.of(0, 1), loss, 1)));
    }

    private void pathOptimization(Mode mode) {
        String group = label("srpo", mode);
        Evaluation mean = compare(group, "srpo", srpo(Losses.tokenMean(), oracle.k(), oracle.lambda()), mode);
        expected.close(group, "srpo.j_ref", mean.reference());
        expected.close(group, "srpo.j_align", mean.alignment());
        if (!expected.lacks("srpo.loss.k2_lambda0.5")) {
            Evaluation other = learn(srpo(Losses.tokenMean(), 2, 0.5), mode);
            adapter.parameters().takeGradients().close();
            expected.close(group, "srpo.loss.k2_lambda0.5", other.loss());
        }
        Loss steps = Losses.stepMean(oracle.reference().size());
        Evaluation paper =
                compare(label("srpo.paper", mode), "srpo.paper", srpo(steps, oracle.k(), oracle.lambda()), mode);
        expected.close(label("srpo.paper", mode), "srpo.paper.j_ref", paper.reference());
    }

    private QuestionObjective srpo(Loss reference, double k, double lambda) {
        List<Term> terms = new ArrayList<>();
        terms.add(new Term(Term.Kind.REFERENCE, List.of(0), reference, 1));
        for (int i = 0; i < oracle.forks().size(); i++) {
            terms.add(new Term(Term.Kind.ALIGNMENT, List.of(2 * i + 1, 2 * i + 2), Losses.logRatio(k), lambda));
        }
        return new QuestionObjective(srpoTree(), terms);
    }

    private TokenTree srpoTree() {
        List<TokenTree.Leaf> leaves = new ArrayList<>();
        leaves.add(new TokenTree.Leaf(0, OracleTree.joined(oracle.reference())));
        for (OracleTree.Fork fork : oracle.forks()) {
            int shared = oracle.trunk(fork.sharedSteps()).length;
            leaves.add(new TokenTree.Leaf(shared, fork.positive()));
            leaves.add(new TokenTree.Leaf(shared, fork.negative()));
        }
        return new TokenTree(oracle.prompt(), OracleTree.joined(oracle.trunk()), leaves, false);
    }

    /** Single log-probabilities, in tree mode: pairwise their sums are compared through the losses. */
    private void logprobs() {
        List<double[]> logprobs = scorer.score(srpoTree(), oracle.pictures(), seen, adapter);
        expected.close("srpo (tree)", "srpo.reference_logps", logprobs.getFirst());
        double[] sums = logprobs.stream().skip(1).mapToDouble(Losses::sum).toArray();
        expected.close("srpo (tree)", "srpo.branch_logps", sums);
        double[] terms = new double[sums.length / 2];
        for (int i = 0; i < terms.length; i++) {
            terms[i] = -Losses.logSigmoid(sums[2 * i] - sums[2 * i + 1]);
        }
        expected.close("srpo (tree)", "srpo.align_terms", terms);
        double[] steps = new double[oracle.reference().size()];
        int at = 0;
        for (int i = 0; i < steps.length; i++) {
            for (int j = 0; j < oracle.reference().get(i).length; j++) {
                steps[i] += logprobs.getFirst()[at++];
            }
        }
        expected.close("srpo.paper (tree)", "srpo.paper.step_logps", steps);
    }

    private Evaluation compare(String group, String name, QuestionObjective objective, Mode mode) {
        Evaluation evaluation = learn(objective, mode);
        expected.close(group, name + ".loss", evaluation.loss());
        for (Map.Entry<String, Tensor> entry : adapter.parameters().views().entrySet()) {
            try (PointerScope scope = new PointerScope()) {
                Tensor gradient = entry.getValue().grad();
                float[] values = gradient.defined()
                        ? HostTensors.floats(gradient)
                        : new float[(int) entry.getValue().numel()];
                expected.close(group, name + ".grad." + AdapterFiles.key(layout, entry.getKey()), values);
            }
        }
        adapter.parameters().takeGradients().close();
        return evaluation;
    }

    private Evaluation learn(QuestionObjective objective, Mode mode) {
        return objective.learn(scorer, oracle.pictures(), seen, adapter, 1, mode);
    }

    /** Three steps of AdamW on the token-mean loss; the adapter is put back afterwards. */
    private void steps() {
        if (expected.lacks("adamw.losses")) {
            return;
        }
        int count = expected.floats("adamw.losses").length;
        try (PointerScope scope = new PointerScope();
                AdamW optimizer = new AdamW(adapter.parameters(), CONSTANTS)) {
            Tensor before = adapter.parameters().flat().clone();
            double[] losses = new double[count];
            for (int i = 0; i < count; i++) {
                losses[i] = learn(srpo(Losses.tokenMean(), oracle.k(), oracle.lambda()), Mode.TREE)
                        .loss();
                optimizer.step(LEARNING_RATE);
            }
            expected.close("adamw", "adamw.losses", losses);
            adapter.parameters()
                    .views()
                    .forEach((name, view) ->
                            expected.close("adamw", "adamw.final." + AdapterFiles.key(layout, name), view));
            try (NoGradGuard guard = new NoGradGuard()) {
                adapter.parameters().flat().copy_(before);
            }
        }
    }
}
