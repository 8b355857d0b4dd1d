package org.espalier.bench.run;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import org.espalier.bench.stats.Confusion;
import org.espalier.bench.suite.Benchmark;
import org.espalier.core.file.JsonLines;

/**
 * How far a run's judge agrees with somebody else on the same answers: exact rules, people, another judge.
 *
 * @param aspects by name: the judge's word first, the other's second
 * @param unjudged answers that the judge gave no verdict on
 * @param unlabelled answers that only the judge gave one on
 * @param ruled answers that no judge was asked about: a rule of the benchmark's decides them
 */
public record JudgeComparison(SequencedMap<String, Confusion> aspects, int unjudged, int unlabelled, int ruled) {
    /**
     * Compares on all answers of a run.
     *
     * @param other the other's aspects of an answer; empty where there is no verdict
     */
    public static JudgeComparison of(
            Path run, Benchmark benchmark, Function<AnswerLine, Optional<? extends Map<String, String>>> other) {
        SequencedMap<String, Confusion> compared = new LinkedHashMap<>();
        int[] missing = new int[3];
        AnsweredQuestions.each(run, Long.MAX_VALUE, (answer, judgement) -> {
            if (judgement.verdict().isPresent() && answer.ruled(benchmark)) {
                missing[2]++;
                return;
            }
            if (judgement.verdict().isEmpty()) {
                missing[0]++;
                return;
            }
            Optional<? extends Map<String, String>> trusted = other.apply(answer);
            if (trusted.isEmpty()) {
                missing[1]++;
                return;
            }
            benchmark
                    .aspects(answer.kind().category(), judgement.verdict().get().label())
                    .forEach((name, own) -> {
                        String theirs = trusted.get().get(name);
                        if (theirs != null) {
                            compared.computeIfAbsent(name, _ -> new Confusion()).add(answer.cluster(), own, theirs);
                        }
                    });
        });
        return new JudgeComparison(compared, missing[0], missing[1], missing[2]);
    }

    /**
     * Labels from a file of JSON lines with {@code id}, {@code sample} (0 where absent) and {@code label}; lines without a
     * label have no verdict.
     */
    public static Function<AnswerLine, Optional<String>> labels(Path file) {
        Map<String, String> labels = new HashMap<>();
        JsonLines.read(file, line -> {
            String key = key(line.words("id"), line.has("sample") ? line.integer("sample") : 0);
            if (line.has("label")) {
                labels.put(
                        key,
                        line.object().path("label").isString()
                                ? line.words("label")
                                : line.object().path("label").toString());
            }
        });
        return answer -> Optional.ofNullable(labels.get(key(answer.id(), answer.sample())));
    }

    private static String key(String id, int sample) {
        return sample + " " + id;
    }
}
