package org.espalier.srpo.objective;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.espalier.core.PathTree;
import org.espalier.srpo.tree.PathTokens;
import org.espalier.srpo.tree.TokenTree;

/**
 * An objective in the middle of whose work memory runs out, as it would on a GPU: some times for each question of some.
 *
 * @param times how often for one question
 */
public record Scarce(Objective objective, Predicate<TokenTree> whose, int times, Map<TokenTree, Integer> failed)
        implements Objective {
    public Scarce(Objective objective, Predicate<TokenTree> whose, int times) {
        this(objective, whose, times, new ConcurrentHashMap<>());
    }

    @Override
    public String name() {
        return objective.name();
    }

    @Override
    public Optional<TokenTree> select(PathTree question, PathTokens tokens, SplittableRandom random) {
        return objective.select(question, tokens, random);
    }

    @Override
    public Set<Need> needs() {
        return objective.needs();
    }

    @Override
    public Evaluation evaluate(Scores scores) {
        if (whose.test(scores.tree()) && failed.merge(scores.tree(), 1, Integer::sum) <= times) {
            throw new RuntimeException("CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of"
                    + " 79.10 GiB of which 1.02 GiB is free.");
        }
        return objective.evaluate(scores);
    }
}
