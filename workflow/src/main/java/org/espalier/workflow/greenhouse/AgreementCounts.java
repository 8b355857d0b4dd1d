package org.espalier.workflow.greenhouse;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.bench.stats.Bootstrap;
import org.espalier.bench.stats.Confusion;
import org.espalier.bench.stats.Interval;
import org.espalier.core.Verifier.Verdict;
import org.espalier.core.Verifier.Written;
import org.espalier.core.file.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * A judge's verdicts beside those of exact rules, on the same paths.
 *
 * @param verdicts on which both decided: the judge's word first, the rules' second
 * @param silentOnCorrect paths that the rules call correct and the judge gave no verdict on
 * @param silentOnWrong the same of paths that the rules call wrong
 * @param falsePositive of the paths that are wrong by the rules and have a verdict, those that the judge calls correct; empty
 *     where there is none
 * @param falseNegative of the paths that are correct by the rules and have a verdict, those that the judge calls wrong
 */
public record AgreementCounts(
        Confusion verdicts,
        int silentOnCorrect,
        int silentOnWrong,
        Optional<Rate> falsePositive,
        Optional<Rate> falseNegative) {
    private static final String CORRECT = "correct";
    private static final String WRONG = "wrong";

    /**
     * A share with its 95 % interval: by a bootstrap over questions, whose paths are alike; where nothing varies, Wilson's over
     * the questions.
     *
     * @param share from 0 to 1
     * @param paths that it is a share of
     */
    public record Rate(double share, Interval interval, int paths) {}

    static String word(Verdict verdict) {
        return verdict.correct() ? CORRECT : verdict.decided() ? WRONG : "none";
    }

    static AgreementCounts of(List<Written> paths, List<Verdict> rules, List<Verdict> judge) {
        Confusion verdicts = new Confusion();
        int[] silent = new int[2];
        Map<String, double[]> positives = new LinkedHashMap<>();
        Map<String, double[]> negatives = new LinkedHashMap<>();
        for (int i = 0; i < paths.size(); i++) {
            boolean correct = rules.get(i).correct();
            Verdict said = judge.get(i);
            if (!said.decided()) {
                silent[correct ? 1 : 0]++;
                continue;
            }
            verdicts.add(paths.get(i).sample().id(), word(said), word(rules.get(i)));
            double[] counts = (correct ? negatives : positives)
                    .computeIfAbsent(paths.get(i).sample().id(), _ -> new double[2]);
            counts[0] += said.correct() == correct ? 0 : 1;
            counts[1]++;
        }
        return new AgreementCounts(verdicts, silent[1], silent[0], rate(positives), rate(negatives));
    }

    private static Optional<Rate> rate(Map<String, double[]> byQuestion) {
        if (byQuestion.isEmpty()) {
            return Optional.empty();
        }
        double[] errors =
                byQuestion.values().stream().mapToDouble(one -> one[0]).toArray();
        double[] all = byQuestion.values().stream().mapToDouble(one -> one[1]).toArray();
        double paths = Arrays.stream(all).sum();
        double share = Arrays.stream(errors).sum() / paths;
        Interval drawn = Bootstrap.of(0).ratio(errors, all);
        Interval interval = drawn.low() == drawn.high() ? Interval.wilson(share, byQuestion.size()) : drawn;
        return Optional.of(new Rate(share, interval, (int) paths));
    }

    ObjectNode json() {
        ObjectNode json = Json.object()
                .put("paths", verdicts.total() + silentOnCorrect + silentOnWrong)
                .put("without_verdict_on_correct", silentOnCorrect)
                .put("without_verdict_on_wrong", silentOnWrong);
        if (verdicts.total() > 0) {
            json.put("agreement", verdicts.agreement()).put("kappa", verdicts.kappa());
        }
        falsePositive.ifPresent(rate -> json.set("false_positive", rate(rate)));
        falseNegative.ifPresent(rate -> json.set("false_negative", rate(rate)));
        return json;
    }

    private static ObjectNode rate(Rate rate) {
        return Json.object()
                .put("rate", rate.share())
                .put("low", rate.interval().low())
                .put("high", rate.interval().high())
                .put("paths", rate.paths());
    }
}
