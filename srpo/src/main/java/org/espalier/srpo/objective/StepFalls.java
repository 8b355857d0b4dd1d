package org.espalier.srpo.objective;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.espalier.core.Branch;
import org.espalier.core.ContrastivePair;
import org.espalier.core.PathTree;

/**
 * Where the model's success really falls: at each place of a trunk, how much less often its paths end right if the next step is
 * left to it than if it is the trunk's. Success is the share of correct branches among those drawn at a place; after the last
 * place the trunk is correct. With {@code stop-at-pair} few branches are drawn, and the measure is a coarse one.
 *
 * @param falls by shared steps, in [0, 1]
 */
record StepFalls(Map<Integer, Double> falls) {
    /** Of one question. */
    static StepFalls of(PathTree question) {
        NavigableMap<Integer, Double> success = new TreeMap<>(question.branches().stream()
                .filter(branch ->
                        branch.sample() != Branch.TRUNK && branch.verdict().decided())
                .collect(Collectors.groupingBy(
                        Branch::sharedSteps,
                        Collectors.averagingDouble(branch -> branch.verdict().correct() ? 1 : 0))));
        Map<Integer, Double> falls = new TreeMap<>();
        success.forEach((shared, rate) -> {
            Map.Entry<Integer, Double> next = success.higherEntry(shared);
            falls.put(shared, Math.max(0, (next == null ? 1 : next.getValue()) - rate));
        });
        return new StepFalls(falls);
    }

    /** What each pair weighs, their mean being 1; all the same where nothing falls. */
    List<Double> shares(List<ContrastivePair> pairs) {
        List<Double> own = pairs.stream()
                .map(pair -> falls.getOrDefault(pair.sharedSteps(), 0.0))
                .toList();
        double sum = own.stream().mapToDouble(Double::doubleValue).sum();
        return own.stream().map(fall -> sum > 0 ? fall * own.size() / sum : 1).toList();
    }
}
