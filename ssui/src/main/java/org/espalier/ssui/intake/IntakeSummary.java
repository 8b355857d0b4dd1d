package org.espalier.ssui.intake;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an intake did: {@code intake.json}.
 *
 * @param rows pictures that the lists named
 * @param drawn of them, those that were drawn
 * @param seen of them, those that were looked at before the pool was full
 * @param pooled of them, those taken
 * @param refused the others, by reason
 * @param verdicts on those taken, by verdict
 * @param licences of those taken, by name
 */
public record IntakeSummary(
        long rows,
        int drawn,
        int seen,
        int pooled,
        SortedMap<String, Integer> refused,
        SortedMap<String, Integer> verdicts,
        SortedMap<String, Integer> licences) {
    /** Its file in the pool's folder. */
    public static final String NAME = "intake.json";

    static IntakeSummary of(long rows, int drawn, List<Decision> decisions) {
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
        return new IntakeSummary(rows, drawn, decisions.size(), pooled, refused, verdicts, licences);
    }
}
