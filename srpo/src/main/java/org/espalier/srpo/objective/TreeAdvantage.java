package org.espalier.srpo.objective;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.espalier.core.Branch;
import org.espalier.core.PathTree;
import org.espalier.core.settings.Setting;
import org.espalier.core.settings.SettingKey;
import org.espalier.srpo.tree.PathTokens;
import org.espalier.srpo.tree.TokenTree;

/**
 * Policy gradient on the tree: at every place that was branched, a branch is worth how much better it ended than the
 * others of its place, {@code A = r - mean(r)} with {@code r = F ∈ {0, 1}}; the loss is
 * {@code -Σ_places 1/n Σ_branches A · L(Ω)}, L the sum over a branch's own tokens, and {@code referenceWeight} times J_ref
 * (Eq. 5). It is group-relative policy optimization with a group at each step, so that a step's worth needs no model of it.
 *
 * <p>For branches that were all drawn by the model that is trained: {@code --stop-at-pair false --examples 0 --refresh N}
 * and a temperature of 1. Ours; the paper has no such objective.
 */
public record TreeAdvantage(
        @Setting(help = "Weight of the reference path (Eq. 5) beside the advantages.", min = 0)
        double referenceWeight,

        @Setting(help = "What an advantage is divided by: nothing, or the deviation of its place's rewards.")
        Scale advantageScale,

        @Setting(help = ReferencePath.HELP) ReferencePath referencePath)
        implements Objective {
    /** The shipped values. */
    public static final TreeAdvantage OURS = new TreeAdvantage(
            0.2, // ours: enough to keep the form of a path
            Scale.NONE, // ours: dividing would weigh places that are nearly always right or wrong most
            ReferencePath.DATASET);

    /** Of an advantage. */
    public enum Scale {
        NONE,
        DEVIATION
    }

    /** @throws org.espalier.core.InputException if a number is out of its range */
    public TreeAdvantage {
        SettingKey.check(TreeAdvantage.class, referenceWeight, advantageScale, referencePath);
    }

    @Override
    public String name() {
        return "advantage";
    }

    @Override
    public String requirement() {
        return referenceWeight > 0 ? referencePath.requirement() : "a step with both kinds of branches";
    }

    /**
     * Leaf 0 is the reference path, or the trunk in its place, where it has a weight; then the branches of every place that
     * has both kinds.
     */
    @Override
    public Optional<TokenTree> select(PathTree question, PathTokens tokens, SplittableRandom random) {
        int[] trunk = tokens.trunk();
        List<TokenTree.Leaf> leaves = new ArrayList<>();
        if (referenceWeight > 0) {
            Optional<ReferencePath.Found> path = referencePath.of(question, tokens);
            if (path.isEmpty()) {
                return Optional.empty();
            }
            leaves.add(
                    new TokenTree.Leaf(0, path.get().tokens(), 1.0 / path.get().steps()));
        }
        for (List<Branch> place : places(question)) {
            double mean =
                    place.stream().mapToDouble(TreeAdvantage::reward).average().orElse(0);
            if (mean > 0 && mean < 1) {
                double scale = place.size() * (advantageScale == Scale.DEVIATION ? Math.sqrt(mean * (1 - mean)) : 1);
                place.forEach(branch -> leaves.add(tokens.branch(branch, trunk, (reward(branch) - mean) / scale)));
            }
        }
        return leaves.isEmpty() ? Optional.empty() : Optional.of(new TokenTree(tokens.prompt(), trunk, leaves, false));
    }

    private static Iterable<List<Branch>> places(PathTree question) {
        Map<Integer, List<Branch>> places = question.branches().stream()
                .filter(branch ->
                        branch.sample() != Branch.TRUNK && branch.verdict().decided())
                .collect(Collectors.groupingBy(Branch::sharedSteps, TreeMap::new, Collectors.toList()));
        return places.values();
    }

    private static double reward(Branch branch) {
        return branch.verdict().correct() ? 1 : 0;
    }

    @Override
    public Evaluation evaluate(Scores scores) {
        Terms terms = scores.terms();
        int first = 0;
        if (referenceWeight > 0) {
            terms.single(0, Losses.weightedSum(scores.path(0), scores.weight(0)), referenceWeight);
            first = 1;
        }
        for (int leaf = first; leaf < scores.paths().size(); leaf++) {
            terms.weighted(leaf, Losses.weightedSum(scores.path(leaf), 1), scores.weight(leaf));
        }
        return terms.metric("branches", scores.paths().size() - first).evaluation();
    }
}
