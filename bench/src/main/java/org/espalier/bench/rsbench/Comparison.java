package org.espalier.bench.rsbench;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.bench.stats.Bootstrap;
import org.espalier.bench.stats.Interval;
import org.espalier.bench.stats.SignTest;

/**
 * Two runs compared question by question: both were asked the same, so that how hard a question is cancels
 * out.
 *
 * @param questions that both have a verdict on
 * @param apart questions that only one of them has a verdict on; they are left out
 * @param difference mean over questions of the first's rate minus the second's
 * @param interval of the difference, by resampling questions
 * @param ties questions on which both do equally well
 */
public record Comparison(
        Rate rate, int questions, int apart, double difference, Interval interval, SignTest signs, int ties) {

    /** Compares on a slice; empty where the two share no judged question. */
    public static Optional<Comparison> of(
            RunCounts first, RunCounts second, Slice slice, Rate rate, Bootstrap bootstrap) {
        Map<String, QuestionCounts> ones = first.judgedById(slice);
        Map<String, QuestionCounts> others = second.judgedById(slice);
        List<String> both = ones.keySet().stream().filter(others::containsKey).toList();
        if (both.isEmpty()) {
            return Optional.empty();
        }
        double[] differences = new double[both.size()];
        int better = 0;
        int worse = 0;
        double sum = 0;
        for (int i = 0; i < differences.length; i++) {
            String id = both.get(i);
            differences[i] = of(ones, id).share(rate) - of(others, id).share(rate);
            better += differences[i] > 0 ? 1 : 0;
            worse += differences[i] < 0 ? 1 : 0;
            sum += differences[i];
        }
        return Optional.of(new Comparison(
                rate,
                differences.length,
                ones.size() + others.size() - 2 * differences.length,
                sum / differences.length,
                bootstrap.mean(differences),
                new SignTest(better, worse),
                differences.length - better - worse));
    }

    private static QuestionCounts of(Map<String, QuestionCounts> questions, String id) {
        return java.util.Objects.requireNonNull(questions.get(id));
    }

    /** Whether the interval leaves out 0: only then may one of the two be called better on these questions. */
    public boolean decided() {
        return !interval.contains(0);
    }
}
