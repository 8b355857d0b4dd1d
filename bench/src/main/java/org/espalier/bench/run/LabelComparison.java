package org.espalier.bench.run;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.espalier.bench.run.JudgementLine.Ruling;
import org.espalier.bench.stats.Confusion;
import org.espalier.bench.suite.Verdict;
import org.espalier.core.file.JsonLines;
import org.espalier.core.file.Problems;

/**
 * How far a run's judge agrees with somebody else on the same answers: another judge, or people.
 *
 * @param labels the judge's word first, the other's second
 * @param unjudged answers that the judge gave no verdict on
 * @param unlabelled answers that only the judge gave one on
 */
public record LabelComparison(Confusion labels, int unjudged, int unlabelled) {
    /**
     * Compares two files of JSON lines with {@code id}, {@code sample} (0 where absent) and {@code label}; lines without
     * a label have no verdict.
     */
    public static LabelComparison of(Path judgements, Path other) {
        Map<String, String> trusted = new HashMap<>();
        Problems problems = new Problems(other);
        JsonLines.read(other, problems, line -> {
            String key = (line.has("sample") ? line.integer("sample") : 0) + " " + line.words("id");
            if (line.has("label")) {
                trusted.put(
                        key,
                        line.object().path("label").isString()
                                ? line.words("label")
                                : line.object().path("label").toString());
            }
        });
        problems.throwIfAny();
        Confusion labels = new Confusion();
        int[] missing = new int[2];
        Problems own = new Problems(judgements);
        JsonLines.read(judgements, own, line -> {
            JudgementLine judged = JudgementLine.read(line);
            String label = trusted.get(judged.sample() + " " + judged.id());
            if (judged.ruling() instanceof Ruling.Given(Verdict verdict)) {
                if (label == null) {
                    missing[1]++;
                } else {
                    labels.add(verdict.label(), label);
                }
            } else {
                missing[0]++;
            }
        });
        own.throwIfAny();
        return new LabelComparison(labels, missing[0], missing[1]);
    }
}
