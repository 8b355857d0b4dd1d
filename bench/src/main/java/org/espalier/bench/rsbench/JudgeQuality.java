package org.espalier.bench.rsbench;

import java.util.function.Function;
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
    /** Against whom we trust more on the same paths: exact rules, or {@link Labels}. */
    public static JudgeQuality against(ScoredPaths judged, Function<ScoredPath, Arbiter.Judgement> trusted) {
        Confusion safe = new Confusion();
        Confusion effective = new Confusion();
        Confusion steps = new Confusion();
        int[] missing = new int[2];
        judged.each(path -> {
            if (path.judged().isEmpty()) {
                missing[0]++;
            } else if (trusted.apply(path) instanceof Judged other) {
                Judged own = path.judged().get();
                safe.add(own.safe() ? "safe" : "unsafe", other.safe() ? "safe" : "unsafe");
                effective.add(
                        own.effective() ? "effective" : "ineffective", other.effective() ? "effective" : "ineffective");
                steps.add(step(own), step(other));
            } else {
                missing[1]++;
            }
        });
        return new JudgeQuality(safe, effective, steps, missing[0], missing[1]);
    }

    private static String step(Judged judged) {
        return judged.firstWrongStep().isPresent()
                ? Integer.toString(judged.firstWrongStep().getAsInt())
                : "none";
    }
}
