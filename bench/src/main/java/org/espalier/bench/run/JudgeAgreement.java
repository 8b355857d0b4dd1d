package org.espalier.bench.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.espalier.bench.run.JudgementLine.Outcome;
import org.espalier.bench.stats.Bootstrap;
import org.espalier.bench.stats.Confusion;
import org.espalier.bench.stats.Interval;
import org.espalier.bench.suite.Benchmark;

/**
 * How far two judges of one run agree on one question, on the answers that both judged.
 *
 * @param question as {@link Benchmark#aspects} names it
 * @param agreement a share
 * @param kappa Cohen's
 * @param agreementInterval empty where there is no answer
 * @param kappaInterval empty where nothing varies
 */
public record JudgeAgreement(
        String first,
        String second,
        String question,
        int answers,
        double agreement,
        double kappa,
        Optional<Interval> agreementInterval,
        Optional<Interval> kappaInterval) {
    /** In a sentence. */
    public String words() {
        return String.format(
                Locale.ROOT,
                "%s: judges %s and %s agree on %.1f %%%s of %d answers, kappa %.2f%s",
                question,
                first,
                second,
                100 * agreement,
                agreementInterval
                        .map(it -> String.format(Locale.ROOT, " (%.1f–%.1f)", 100 * it.low(), 100 * it.high()))
                        .orElse(""),
                answers,
                kappa,
                kappaInterval
                        .map(it -> String.format(Locale.ROOT, " (%.2f–%.2f)", it.low(), it.high()))
                        .orElse(""));
    }

    /** Each pair of the judges of a run, question by question. */
    static final class Panel {
        private record Pair(String first, String second, String question) {}

        private final Map<Pair, Confusion> pairs = new LinkedHashMap<>();
        private final Benchmark benchmark;

        Panel(Benchmark benchmark) {
            this.benchmark = benchmark;
        }

        /** Takes in one answer: what was said of it, in the order of the judges. What no judge was asked is in no figure. */
        void add(AnswerLine answer, List<JudgementLine.Vote> votes) {
            String category = answer.kind().category();
            if (votes.isEmpty() || answer.ruled(benchmark)) {
                return;
            }
            for (int i = 0; i < votes.size(); i++) {
                for (int j = i + 1; j < votes.size(); j++) {
                    if (votes.get(i).outcome() instanceof Outcome.Judged one
                            && votes.get(j).outcome() instanceof Outcome.Judged other) {
                        String first = votes.get(i).judge();
                        String second = votes.get(j).judge();
                        Map<String, String> theirs =
                                benchmark.aspects(category, other.verdict().label());
                        benchmark
                                .aspects(category, one.verdict().label())
                                .forEach((question, said) -> pairs.computeIfAbsent(
                                                new Pair(first, second, question), _ -> new Confusion())
                                        .add(answer.cluster(), said, theirs.getOrDefault(question, "")));
                    }
                }
            }
        }

        List<JudgeAgreement> list(Bootstrap bootstrap) {
            return pairs.entrySet().stream()
                    .map(entry -> {
                        Pair pair = entry.getKey();
                        Confusion of = entry.getValue();
                        List<Optional<Interval>> intervals = of.intervals(bootstrap);
                        return new JudgeAgreement(
                                pair.first(),
                                pair.second(),
                                pair.question(),
                                of.total(),
                                of.agreement(),
                                of.kappa(),
                                intervals.getFirst(),
                                intervals.getLast());
                    })
                    .toList();
        }
    }
}
