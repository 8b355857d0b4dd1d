package org.espalier.bench.rsbench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.espalier.bench.stats.Confusion;
import org.espalier.core.Arbiter;
import org.espalier.core.Arbiter.Judgement.Judged;

/**
 * How good a judge is: its verdicts on paths against those of somebody to be trusted more, exact rules or people.
 *
 * @param safe the judge's word first, the other's second
 * @param firstWrongStep numbers of steps, {@code none} where no step is wrong
 * @param unjudged paths that the judge gave no verdict on
 * @param unlabelled paths that the other gave none on
 */
public record JudgeQuality(
        Confusion safe, Confusion effective, Confusion firstWrongStep, int unjudged, int unlabelled) {
    /** Against exact rules, or any arbiter, on the same paths. */
    public static JudgeQuality against(List<ScoredPath> judged, List<Arbiter.Judgement> trusted) {
        Confusion safe = new Confusion();
        Confusion effective = new Confusion();
        Confusion steps = new Confusion();
        int unjudged = 0;
        int unlabelled = 0;
        for (int i = 0; i < judged.size(); i++) {
            if (judged.get(i).judged().isEmpty()) {
                unjudged++;
            } else if (trusted.get(i) instanceof Judged other) {
                Judged own = judged.get(i).judged().get();
                safe.add(own.safe() ? "safe" : "unsafe", other.safe() ? "safe" : "unsafe");
                effective.add(
                        own.effective() ? "effective" : "ineffective", other.effective() ? "effective" : "ineffective");
                steps.add(step(own), step(other));
            } else {
                unlabelled++;
            }
        }
        return new JudgeQuality(safe, effective, steps, unjudged, unlabelled);
    }

    /** Against the lines of a file in the form of {@code judgements.jsonl}, such as people's labels. */
    public static JudgeQuality againstLabels(List<ScoredPath> judged, List<Ruling> labels) {
        Map<String, Arbiter.Judgement> byPath = new HashMap<>();
        labels.forEach(label -> byPath.put(label.sample() + " " + label.id(), label.judgement()));
        List<Arbiter.Judgement> trusted = new ArrayList<>();
        judged.forEach(path -> trusted.add(byPath.getOrDefault(
                path.answer().sample() + " " + path.id(), new Arbiter.Judgement.Failed("no label"))));
        return against(judged, trusted);
    }

    private static String step(Judged judged) {
        return judged.firstWrongStep().isPresent()
                ? Integer.toString(judged.firstWrongStep().getAsInt())
                : "none";
    }
}
