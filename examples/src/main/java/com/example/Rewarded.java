package com.example;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.espalier.core.PathTree;
import org.espalier.core.settings.Setting;
import org.espalier.core.settings.SettingKey;
import org.espalier.srpo.objective.LossAndGradient;
import org.espalier.srpo.objective.Losses;
import org.espalier.srpo.objective.Objective;
import org.espalier.srpo.tree.PathTokens;
import org.espalier.srpo.tree.TokenTree;

/**
 * An objective of one's own, with a weight for every branch: those that end well become likelier, the others less likely, and
 * the earlier a branch leaves the trunk, the more it counts.
 */
public record Rewarded(
        @Setting(help = "What an unfavorable branch counts.", max = 0)
        double unfavorable) implements Objective {
    public Rewarded {
        SettingKey.check(Rewarded.class, unfavorable);
    }

    @Override
    public String name() {
        return "rewarded";
    }

    @Override
    public Optional<TokenTree> select(PathTree question, PathTokens tokens, SplittableRandom random) {
        if (question.branches().isEmpty()) {
            return Optional.empty();
        }
        int[] trunk = tokens.trunk();
        List<TokenTree.Leaf> leaves = question.branches().stream()
                .map(branch -> {
                    double reward = branch.verdict().correct() ? 1 : unfavorable;
                    return tokens.branch(branch, trunk, reward / (1 + branch.sharedSteps()));
                })
                .toList();
        return Optional.of(new TokenTree(tokens.prompt(), trunk, leaves, false));
    }

    @Override
    public Evaluation evaluate(Scores scores) {
        Terms terms = scores.terms();
        double reward = 0;
        for (int i = 0; i < scores.paths().size(); i++) {
            LossAndGradient likelihood = Losses.tokenMean(scores.path(i));
            terms.single(i, likelihood, scores.weight(i));
            reward -= scores.weight(i) * likelihood.loss();
        }
        return terms.metric("reward", reward).evaluation();
    }
}
