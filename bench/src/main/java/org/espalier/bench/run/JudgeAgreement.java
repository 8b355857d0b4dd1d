package org.espalier.bench.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.bench.run.JudgementLine.Outcome;
import org.espalier.bench.run.JudgementLine.Vote;
import org.espalier.bench.stats.Confusion;
import tools.jackson.databind.JsonNode;

/** How far two judges of one run agree on the answers that both judged. {@code kappa} is Cohen's. */
public record JudgeAgreement(String first, String second, int answers, double agreement, double kappa) {
    /** Those of a results file. */
    public static List<JudgeAgreement> read(JsonNode array) {
        List<JudgeAgreement> all = new ArrayList<>();
        array.forEach(one -> all.add(new JudgeAgreement(
                one.required("first").stringValue(),
                one.required("second").stringValue(),
                one.required("answers").intValue(),
                one.path("agreement").asDouble(Double.NaN),
                one.path("kappa").asDouble(Double.NaN))));
        return all;
    }

    /** In a sentence. */
    public String words() {
        return String.format(
                Locale.ROOT,
                "judges %s and %s agree on %.1f %% of %d answers, kappa %.2f",
                first,
                second,
                100 * agreement,
                answers,
                kappa);
    }

    /** Each pair of the judges of a run; on what they decided, not on details. */
    static final class Panel {
        private final SortedMap<String, Confusion> pairs = new TreeMap<>();

        /** Takes in one answer: what was said of it, in the order of the judges. */
        void add(List<Vote> votes) {
            for (int i = 0; i < votes.size(); i++) {
                for (int j = i + 1; j < votes.size(); j++) {
                    if (votes.get(i).outcome() instanceof Outcome.Judged one
                            && votes.get(j).outcome() instanceof Outcome.Judged other) {
                        pairs.computeIfAbsent(
                                        votes.get(i).judge() + "\n"
                                                + votes.get(j).judge(),
                                        _ -> new Confusion())
                                .add(one.verdict().decision(), other.verdict().decision());
                    }
                }
            }
        }

        List<JudgeAgreement> list() {
            return pairs.entrySet().stream()
                    .map(pair -> {
                        String[] names = pair.getKey().split("\n", 2);
                        Confusion of = pair.getValue();
                        return new JudgeAgreement(names[0], names[1], of.total(), of.agreement(), of.kappa());
                    })
                    .toList();
        }
    }
}
