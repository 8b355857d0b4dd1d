package org.espalier.bench.rsbench;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.bench.stats.Bootstrap;
import org.espalier.bench.stats.Interval;

/**
 * SR, ER and SER of a slice.
 *
 * @param rates empty where no path of the slice was judged; otherwise all of them
 */
public record Figures(Slice slice, Counts counts, Map<Rate, Estimate> rates) {
    public Optional<Estimate> of(Rate rate) {
        return Optional.ofNullable(rates.get(rate));
    }

    static Figures of(Slice slice, RunCounts run, Bootstrap bootstrap) {
        Counts counts = run.on(slice);
        Map<Rate, Estimate> rates = new EnumMap<>(Rate.class);
        if (counts.judged() > 0) {
            List<QuestionCounts> questions = run.judged(slice);
            double[] judged =
                    questions.stream().mapToDouble(QuestionCounts::judged).toArray();
            for (Rate rate : Rate.values()) {
                double[] counted =
                        questions.stream().mapToDouble(q -> q.counted(rate)).toArray();
                Interval drawn = bootstrap.ratio(counted, judged);
                double share = (double) counts.of(rate) / counts.judged();
                rates.put(
                        rate,
                        new Estimate(
                                share, drawn.low() == drawn.high() ? Interval.wilson(share, questions.size()) : drawn));
            }
        }
        return new Figures(slice, counts, rates);
    }
}
