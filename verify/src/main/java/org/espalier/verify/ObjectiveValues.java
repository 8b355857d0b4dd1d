package org.espalier.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.espalier.core.settings.Settings;
import org.espalier.model.PictureFeatures.Shown;
import org.espalier.model.decoder.Deltas;
import org.espalier.model.family.VisionLanguageModel;
import org.espalier.model.lora.AdamW;
import org.espalier.model.lora.Adapter;
import org.espalier.model.lora.Gradients;
import org.espalier.srpo.objective.Dpo;
import org.espalier.srpo.objective.Losses;
import org.espalier.srpo.objective.Objective;
import org.espalier.srpo.objective.Orpo;
import org.espalier.srpo.objective.Sft;
import org.espalier.srpo.objective.Srpo;
import org.espalier.srpo.tree.TokenTree;
import org.espalier.srpo.tree.TreePass;
import org.espalier.tensor.Scope;

/** The four losses and their gradients, the log-probabilities in them, and optimizer steps, in several ways each. */
final class ObjectiveValues {
    private static final double LEARNING_RATE = 1e-3;
    private static final AdamW.Settings OPTIMIZER = new AdamW.Settings(0.9, 0.999, 1e-8, 0.01, 1.0);
    private static final int STEPS = 3;
    private static final String OTHER_SETTINGS = "srpo.loss.k2_lambda0.5";
    private static final Pattern SETTINGS =
            Pattern.compile("srpo\\.loss\\.k(\\d{1,6}(?:\\.\\d{1,6})?)_lambda(\\d{1,6}(?:\\.\\d{1,6})?)");

    /** How the paths of a question are computed; all give the same numbers up to rounding. */
    private enum Mode {
        /** Every shared token once. */
        TREE("tree"),
        /** One path after the other, each a sequence of its own, forward and backward. */
        PAIRWISE("pairwise"),
        /** Each path a sequence of its own, all of them forward before the first goes backward. */
        AT_ONCE("all at once");

        private final String label;

        Mode(String label) {
            this.label = label;
        }

        String of(String name) {
            return name + " (" + label + ")";
        }
    }

    private final OracleFile file;
    private final VisionLanguageModel model;
    private final Adapter adapter;
    private final OracleTree oracle;
    private final ComputedValues values;
    private final GradientNames names;

    ObjectiveValues(
            OracleFile file, VisionLanguageModel model, Adapter adapter, OracleTree oracle, ComputedValues values) {
        this.file = file;
        this.model = model;
        this.adapter = adapter;
        this.oracle = oracle;
        this.values = values;
        this.names = GradientNames.of(file, model.config());
    }

    void add() {
        try (PointerScope scope = new PointerScope()) {
            Shown pictures = new Shown(
                    oracle.pictures(),
                    oracle.pictures().isEmpty()
                            ? Optional.empty()
                            : Optional.of(Scope.withoutGradients(() -> model.pictureFeatures(oracle.pictures()))));
            for (Mode mode : Mode.values()) {
                supervised(mode, pictures);
                preference(mode, pictures);
                pathOptimization(mode, pictures);
                logprobs(mode, pictures);
            }
            steps(Mode.TREE, pictures);
            steps(Mode.PAIRWISE, pictures);
        }
    }

    private void supervised(Mode mode, Shown pictures) {
        TokenTree tree = new TokenTree(
                oracle.prompt(),
                new int[0],
                List.of(new TokenTree.Leaf(0, OracleTree.joined(oracle.reference()))),
                false);
        compare(mode.of("sft"), "sft", Sft.PAPER, tree, pictures, mode);
    }

    /** The whole path through the second fork, favorable against unfavorable. */
    private void preference(Mode mode, Shown pictures) {
        TokenTree tree = wholePaths();
        List<double[]> policy = scores(mode, tree, pictures, adapter);
        List<double[]> base = scores(mode, tree, pictures, Deltas.NONE);
        values.numbers(
                mode.of("dpo"),
                "dpo.logps",
                Losses.sum(policy.get(0)),
                Losses.sum(policy.get(1)),
                Losses.sum(base.get(0)),
                Losses.sum(base.get(1)));
        compare(mode.of("dpo"), "dpo", new Dpo(0.1, false), tree, pictures, mode);
        double likelihood = -Arrays.stream(policy.get(0)).average().orElseThrow();
        values.numbers(
                mode.of("orpo"),
                "orpo.parts",
                likelihood,
                Losses.logOdds(policy.get(0), policy.get(1), 1).loss());
        compare(mode.of("orpo"), "orpo", new Orpo(0.1, false), tree, pictures, mode);
    }

    private TokenTree wholePaths() {
        OracleTree.Fork fork = oracle.forks().get(1);
        int[] stem = oracle.trunk(fork.sharedSteps());
        return new TokenTree(
                oracle.prompt(),
                stem,
                List.of(
                        new TokenTree.Leaf(stem.length, fork.positive(), 1),
                        new TokenTree.Leaf(stem.length, fork.negative(), -1)),
                true);
    }

    private void pathOptimization(Mode mode, Shown pictures) {
        String group = mode.of("srpo");
        Objective.Metrics mean = compare(group, "srpo", srpo(oracle.k()), meanTree(oracle.lambda()), pictures, mode);
        values.numbers(group, "srpo.j_ref", mean.reference());
        values.numbers(group, "srpo.j_align", mean.alignment());
        otherSettings(mode, pictures);
        TokenTree steps = srpoTree(1.0 / oracle.reference().size(), oracle.lambda());
        Objective.Metrics paper = compare(mode.of("srpo.paper"), "srpo.paper", srpo(oracle.k()), steps, pictures, mode);
        values.numbers(mode.of("srpo.paper"), "srpo.paper.j_ref", paper.reference());
    }

    /** The loss at other k and λ, as the file's keys name them. */
    private void otherSettings(Mode mode, Shown pictures) {
        List<String> keys = file.keys("srpo.loss.k");
        for (String key : keys.isEmpty() ? List.of(OTHER_SETTINGS) : keys) {
            Matcher settings = SETTINGS.matcher(key);
            if (settings.matches()) {
                try (Gradients gradients = new Gradients(adapter.parameters())) {
                    double lambda = Double.parseDouble(settings.group(2));
                    Srpo objective = srpo(Double.parseDouble(settings.group(1)));
                    Objective.Metrics other = evaluate(objective, meanTree(lambda), pictures, gradients, mode);
                    values.numbers(mode.of("srpo"), key, other.loss());
                }
            }
        }
    }

    /** Its λ and its J_ref are the weights of the tree. */
    private static Srpo srpo(double k) {
        return Settings.with(Srpo.PAPER, "k", k);
    }

    private TokenTree meanTree(double lambda) {
        return srpoTree(1.0 / OracleTree.joined(oracle.reference()).length, lambda);
    }

    private TokenTree srpoTree(double ofReference, double lambda) {
        List<TokenTree.Leaf> leaves = new ArrayList<>();
        leaves.add(new TokenTree.Leaf(0, OracleTree.joined(oracle.reference()), ofReference));
        for (OracleTree.Fork fork : oracle.forks()) {
            int shared = oracle.trunk(fork.sharedSteps()).length;
            leaves.add(new TokenTree.Leaf(shared, fork.positive(), lambda));
            leaves.add(new TokenTree.Leaf(shared, fork.negative(), -lambda));
        }
        return new TokenTree(oracle.prompt(), OracleTree.joined(oracle.trunk()), leaves, false);
    }

    /** Of every token of the reference path, of every branch, of every step. */
    private void logprobs(Mode mode, Shown pictures) {
        String group = mode.of("srpo");
        List<double[]> logprobs = scores(mode, meanTree(oracle.lambda()), pictures, adapter);
        values.numbers(group, "srpo.reference_logps", logprobs.getFirst());
        double[] sums = logprobs.stream().skip(1).mapToDouble(Losses::sum).toArray();
        values.numbers(group, "srpo.branch_logps", sums);
        double[] terms = new double[sums.length / 2];
        for (int i = 0; i < terms.length; i++) {
            terms[i] = -Losses.logSigmoid(sums[2 * i] - sums[2 * i + 1]);
        }
        values.numbers(group, "srpo.align_terms", terms);
        double[] steps = new double[oracle.reference().size()];
        int at = 0;
        for (int i = 0; i < steps.length; i++) {
            for (int j = 0; j < oracle.reference().get(i).length; j++) {
                steps[i] += logprobs.getFirst()[at++];
            }
        }
        values.numbers(mode.of("srpo.paper"), "srpo.paper.step_logps", steps);
    }

    private Objective.Metrics compare(
            String group, String name, Objective objective, TokenTree tree, Shown pictures, Mode mode) {
        try (Gradients gradients = new Gradients(adapter.parameters())) {
            Objective.Metrics metrics = evaluate(objective, tree, pictures, gradients, mode);
            values.numbers(group, name + ".loss", metrics.loss());
            for (String parameter : adapter.parameters().views().keySet()) {
                values.numbers(group, name + ".grad." + names.key(parameter), gradients.of(parameter));
            }
            return metrics;
        }
    }

    private List<double[]> scores(Mode mode, TokenTree tree, Shown pictures, Deltas deltas) {
        List<TokenTree> trees = mode == Mode.TREE ? List.of(tree) : tree.alone();
        return trees.stream()
                .flatMap(one -> TreePass.score(model, one, pictures, deltas).stream())
                .toList();
    }

    /** Adds to the gradients. */
    private Objective.Metrics evaluate(
            Objective objective, TokenTree tree, Shown pictures, Gradients gradients, Mode mode) {
        List<double[]> base = scores(mode, tree, pictures, Deltas.NONE);
        List<TokenTree> trees = mode == Mode.TREE ? List.of(tree) : tree.alone();
        if (mode == Mode.PAIRWISE) {
            List<double[]> logprobs = scores(mode, tree, pictures, adapter);
            Objective.Evaluation evaluation = objective.evaluate(new Objective.Scores(tree, logprobs, base, List.of()));
            for (int i = 0; i < trees.size(); i++) {
                backward(
                        trees.subList(i, i + 1),
                        pictures,
                        gradients,
                        evaluation.gradients().subList(i, i + 1));
            }
            return evaluation.metrics();
        }
        try (PointerScope scope = new PointerScope();
                TreePass pass =
                        TreePass.forward(model, trees, pictures, adapter.snapshot(model.placement(), gradients))) {
            Objective.Evaluation evaluation =
                    objective.evaluate(new Objective.Scores(tree, pass.logprobs(), base, List.of()));
            pass.backward(evaluation.gradients());
            return evaluation.metrics();
        }
    }

    private void backward(List<TokenTree> trees, Shown pictures, Gradients gradients, List<double[]> outputGradients) {
        try (PointerScope scope = new PointerScope();
                TreePass pass =
                        TreePass.forward(model, trees, pictures, adapter.snapshot(model.placement(), gradients))) {
            pass.backward(outputGradients);
        }
    }

    /**
     * Steps of AdamW on the token-mean loss; the adapter is put back afterwards. A step divides the gradient by the root of
     * its mean square, so that where that is small, a number of the adapter reaches far with what the gradient is off by.
     */
    private void steps(Mode mode, Shown pictures) {
        int count = file.count("adamw.losses", STEPS);
        String group = mode.of("adamw");
        String source = mode.of("srpo");
        try (PointerScope scope = new PointerScope();
                AdamW optimizer = new AdamW(adapter.parameters(), OPTIMIZER)) {
            Tensor before = adapter.parameters().flat().clone();
            double[] losses = new double[count];
            AdamReach reach = new AdamReach(adapter.parameters(), OPTIMIZER, LEARNING_RATE);
            for (int i = 0; i < count; i++) {
                try (Gradients gradients = new Gradients(adapter.parameters())) {
                    losses[i] = evaluate(srpo(oracle.k()), meanTree(oracle.lambda()), pictures, gradients, mode)
                            .loss();
                    optimizer.step(LEARNING_RATE, gradients.flat());
                    reach.add(optimizer, gradients);
                }
            }
            values.derived(group, "adamw.losses", losses, source);
            adapter.parameters()
                    .views()
                    .forEach((name, view) ->
                            values.derived(group, "adamw.final." + names.key(name), view, source, reach.of(name)));
            try (NoGradGuard guard = new NoGradGuard()) {
                adapter.parameters().flat().copy_(before);
            }
        }
    }
}
