package org.espalier.greenhouse.data;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.espalier.greenhouse.world.Combination;
import org.espalier.greenhouse.world.Pair;
import org.espalier.greenhouse.world.Thing;
import org.espalier.greenhouse.world.World;

/**
 * How often the best possible guesser, who knows exactly how questions are drawn, tells unsafe from safe.
 *
 * @param query seeing the query alone
 * @param pair seeing the two objects that matter, but not the query
 * @param picture seeing everything in the picture, bystanders too, but not the query
 */
public record BayesFigures(double query, double pair, double picture) {
    /** The figures of one part's draw. */
    public static BayesFigures of(World world, QuestionDraw draw) {
        Map<Combination, Double> questions = draw.weights().distribution();
        Map<Object, double[]> byAction = new HashMap<>();
        Map<Pair, double[]> byPair = new HashMap<>();
        Map<Long, double[]> byPicture = new HashMap<>();
        questions.forEach((c, p) -> {
            int kind = c.unsafe() ? 1 : 0;
            byAction.computeIfAbsent(c.action(), _ -> new double[2])[kind] += p;
            byPair.computeIfAbsent(c.pair(), _ -> new double[2])[kind] += p;
        });
        byPair.forEach((pair, mass) -> pictures(world, pair, mass, byPicture));
        return new BayesFigures(best(byAction.values()), best(byPair.values()), best(byPicture.values()));
    }

    private static double best(Collection<double[]> masses) {
        return masses.stream().mapToDouble(m -> Math.max(m[0], m[1])).sum();
    }

    /** Spreads a pair over the sets of objects it is shown in; a set is a bit mask over the fewer than 64 objects. */
    private static void pictures(World world, Pair pair, double[] mass, Map<Long, double[]> into) {
        long roles = bit(pair.one()) | bit(pair.other());
        List<Thing> bystanders = world.bystanders(pair);
        int n = bystanders.size();
        add(into, roles, mass, n == 0 ? 1 : 0.5);
        for (int i = 0; i < n; i++) {
            add(into, roles | bit(bystanders.get(i)), mass, 0.25 / n);
            for (int j = 0; j < i; j++) {
                add(into, roles | bit(bystanders.get(i)) | bit(bystanders.get(j)), mass, 0.5 / n / (n - 1));
            }
        }
    }

    private static void add(Map<Long, double[]> into, long set, double[] mass, double share) {
        double[] sum = into.computeIfAbsent(set, _ -> new double[2]);
        sum[0] += mass[0] * share;
        sum[1] += mass[1] * share;
    }

    private static long bit(Thing thing) {
        return 1L << thing.index();
    }
}
