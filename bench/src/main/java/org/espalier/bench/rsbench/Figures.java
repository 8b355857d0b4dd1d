package org.espalier.bench.rsbench;

import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.bench.stats.Bootstrap;

/**
 * SR, ER and SER of a slice.
 *
 * @param rates empty where no path of the slice was judged; otherwise all of them
 */
public record Figures(Slice slice, Counts counts, Map<Rate, Estimate> rates) {
    public Optional<Estimate> of(Rate rate) {
        return Optional.ofNullable(rates.get(rate));
    }

    static Figures of(Slice slice, List<ScoredPath> all, Bootstrap bootstrap) {
        List<ScoredPath> paths =
                all.stream().filter(path -> slice.holds(path.answer().asked())).toList();
        Counts counts = Counts.of(paths);
        Map<Rate, Estimate> rates = new EnumMap<>(Rate.class);
        if (counts.judged() > 0) {
            Collection<Question> questions = questions(paths).values();
            double[] judged = questions.stream().mapToDouble(Question::judged).toArray();
            for (Rate rate : Rate.values()) {
                double[] counted =
                        questions.stream().mapToDouble(q -> q.counted(rate)).toArray();
                rates.put(
                        rate,
                        new Estimate((double) counts.of(rate) / counts.judged(), bootstrap.ratio(counted, judged)));
            }
        }
        return new Figures(slice, counts, rates);
    }

    /** The judged paths by question, in the order of the file; questions without any have nothing to say to a rate. */
    static Map<String, Question> questions(Collection<ScoredPath> paths) {
        Map<String, Question> questions = new LinkedHashMap<>();
        for (ScoredPath path : paths) {
            path.judged().ifPresent(verdict -> {
                Question question = questions.computeIfAbsent(path.id(), id -> new Question(new int[3], new int[1]));
                question.total[0]++;
                for (Rate rate : Rate.values()) {
                    question.rates[rate.ordinal()] += rate.counts(verdict) ? 1 : 0;
                }
            });
        }
        return questions;
    }

    /** Running counts of one question. */
    record Question(int[] rates, int[] total) {
        int judged() {
            return total[0];
        }

        int counted(Rate rate) {
            return rates[rate.ordinal()];
        }

        double share(Rate rate) {
            return (double) counted(rate) / judged();
        }
    }
}
