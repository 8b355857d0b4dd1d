package org.espalier.ssui.intake;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.espalier.core.file.JsonFile;
import org.espalier.ssui.pool.Pool;
import org.espalier.ssui.pool.PooledPicture;
import org.espalier.ssui.pool.Safety;

/**
 * What an intake did: {@code intake.json}.
 *
 * @param rows pictures that the lists named
 * @param present of them, those whose picture was there
 * @param drawn of them, those that were drawn
 * @param seen of them, those that were looked at before the pool was full
 * @param pooled of them, those taken
 * @param refused the others, by reason
 * @param verdicts on those taken, by verdict
 * @param licences of those taken, by name
 * @param unverified of those taken, those of which somebody was asked who gave no verdict
 * @param open of them, those that the same command asks about again
 * @param why the reason of one of them; empty if there is none
 */
public record IntakeSummary(
        long rows,
        long present,
        int drawn,
        int seen,
        int pooled,
        SortedMap<String, Integer> refused,
        SortedMap<String, Integer> verdicts,
        SortedMap<String, Integer> licences,
        int unverified,
        int open,
        String why) {
    /** Its file in the pool's folder. */
    public static final String NAME = "intake.json";

    static IntakeSummary of(long rows, long present, int drawn, List<Decision> decisions) {
        SortedMap<String, Integer> refused = new TreeMap<>();
        SortedMap<String, Integer> verdicts = new TreeMap<>();
        SortedMap<String, Integer> licences = new TreeMap<>();
        int pooled = 0;
        for (Decision decision : decisions) {
            switch (decision) {
                case Decision.Pooled in -> {
                    pooled++;
                    verdicts.merge(in.picture().safety().verdict().label(), 1, Integer::sum);
                    licences.merge(in.picture().licence().title(), 1, Integer::sum);
                }
                case Decision.Refused out -> refused.merge(out.refusal().reason(), 1, Integer::sum);
                case Decision.Unsafe out -> refused.merge(out.refusal().reason(), 1, Integer::sum);
            }
        }
        List<Safety> unverified =
                decisions.stream().flatMap(IntakeSummary::unverified).toList();
        return new IntakeSummary(
                rows,
                present,
                drawn,
                decisions.size(),
                pooled,
                refused,
                verdicts,
                licences,
                unverified.size(),
                (int) unverified.stream().filter(Safety::open).count(),
                unverified.stream().map(Safety::reason).findFirst().orElse(""));
    }

    private static Stream<Safety> unverified(Decision decision) {
        return decision instanceof Decision.Pooled(PooledPicture picture) ? unknown(picture) : Stream.empty();
    }

    private static Stream<Safety> unknown(PooledPicture picture) {
        return picture.safety().verdict() == Safety.Verdict.UNVERIFIED
                        && !picture.safety().by().isEmpty()
                ? Stream.of(picture.safety())
                : Stream.empty();
    }

    /** Reads what an intake has left in its pool. */
    public static IntakeSummary read(Pool pool) {
        return JsonFile.read(pool.folder().resolve(NAME), IntakeSummary.class, "run the same intake again");
    }

    /** The same after some pictures were taken out of the pool. */
    IntakeSummary without(List<PooledPicture> out, List<PooledPicture> left) {
        SortedMap<String, Integer> others = new TreeMap<>(refused);
        others.merge(Refusal.REMOVED, out.size(), Integer::sum);
        SortedMap<String, Integer> found = new TreeMap<>();
        SortedMap<String, Integer> terms = new TreeMap<>();
        left.forEach(picture -> {
            found.merge(picture.safety().verdict().label(), 1, Integer::sum);
            terms.merge(picture.licence().title(), 1, Integer::sum);
        });
        List<Safety> open = left.stream().flatMap(IntakeSummary::unknown).toList();
        return new IntakeSummary(
                rows, present, drawn, seen, left.size(), others, found, terms, open.size(), this.open, why);
    }
}
