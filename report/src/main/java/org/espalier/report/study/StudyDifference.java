package org.espalier.report.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import org.espalier.bench.stats.ClusterMean;

/**
 * How much higher one row's rate is than another's, in percentage points, paired by cell: both were asked the same questions
 * after the same base, world and seed.
 *
 * @param units differences of the seeds, by base and world
 */
public record StudyDifference(
        RowFacts row,
        RowFacts baseline,
        StudyScope scope,
        StudyRate rate,
        SequencedMap<String, List<Double>> units,
        ClusterMean mean) {

    /** Over the cells that have both; empty where none has. */
    public static Optional<StudyDifference> of(
            List<CellCounts> cells, RowFacts row, RowFacts baseline, StudyScope scope, StudyRate rate) {
        SequencedMap<String, List<Double>> units = new LinkedHashMap<>();
        for (CellCounts cell : cells) {
            OptionalDouble one = rate(cell, row, scope, rate);
            OptionalDouble other = rate(cell, baseline, scope, rate);
            if (one.isPresent() && other.isPresent()) {
                units.computeIfAbsent(cell.cell().unit(), _ -> new ArrayList<>())
                        .add(one.getAsDouble() - other.getAsDouble());
            }
        }
        return ClusterMean.of(units).map(mean -> new StudyDifference(row, baseline, scope, rate, units, mean));
    }

    private static OptionalDouble rate(CellCounts cell, RowFacts row, StudyScope scope, StudyRate rate) {
        return cell.row(row.label()).map(counts -> rate.of(scope.of(counts))).orElse(OptionalDouble.empty());
    }

    /** Cells that were compared. */
    public int cells() {
        return units.values().stream().mapToInt(List::size).sum();
    }

    /** Never more than the interval says: {@code ahead}, {@code behind}, {@code not told apart}. */
    public String verdict() {
        if (!mean.decided()) {
            return "not told apart";
        }
        return mean.mean() > 0 ? "ahead" : "behind";
    }
}
