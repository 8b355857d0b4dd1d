package org.espalier.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.espalier.bench.run.SamplePaths.count;
import static org.espalier.bench.run.SamplePaths.judged;
import static org.espalier.bench.run.SamplePaths.kind;
import static org.espalier.bench.run.SamplePaths.missing;
import static org.espalier.bench.run.SamplePaths.unanswered;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.espalier.bench.judge.Mishap;
import org.espalier.bench.run.SamplePaths.Scored;
import org.espalier.bench.stats.Bootstrap;
import org.espalier.bench.stats.Interval;
import org.espalier.bench.suite.QuestionKind;
import org.espalier.bench.suite.Slice;
import org.espalier.core.ChatModel.Reply;
import org.espalier.core.Risk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RsBenchFiguresTest {
    private static final QuestionKind UNSAFE_PETS = kind(Risk.UNSAFE, "pets", "seen");
    private static final QuestionKind SAFE_PETS = kind(Risk.SAFE, "pets", "seen");
    private static final QuestionKind UNSAFE_FIRE = kind(Risk.UNSAFE, "fire", "heldout-combination");
    private static final QuestionKind SAFE_FIRE = kind(Risk.SAFE, "fire", "heldout-combination");

    /** Five verdicts: safe 3, effective 4, both 2; one path unanswered, one blocked, one unjudged. */
    private static final List<Scored> PATHS = List.of(
            judged("a", UNSAFE_PETS, 0, "10 2"),
            judged("a", UNSAFE_PETS, 1, "11"),
            judged("b", SAFE_PETS, 0, "01 4"),
            unanswered("b", SAFE_PETS, 1),
            judged("c", UNSAFE_FIRE, 0, "11"),
            missing("c", UNSAFE_FIRE, 1, new Reply.Said("see\nask", true), Mishap.NO_VERDICT),
            judged("d", SAFE_FIRE, 0, "01 4"),
            missing("d", SAFE_FIRE, 1, new Reply.Blocked("content_filter"), Mishap.BLOCKED));

    @TempDir
    Path folder;

    private Result results() {
        return count(folder, PATHS, Bootstrap.of(1));
    }

    private static double percent(Result result, Slice slice, String key) {
        return result.figure(slice, key).orElseThrow().value().orElseThrow();
    }

    @Test
    void ratesAreCountsOverJudgedPaths() {
        Result results = results();
        assertThat(percent(results, Slice.ALL, "sr")).isEqualTo(100 * 3 / 5.0);
        assertThat(percent(results, Slice.ALL, "er")).isEqualTo(100 * 4 / 5.0);
        assertThat(percent(results, Slice.ALL, "ser")).isEqualTo(100 * 2 / 5.0);
    }

    @Test
    void failuresAndWhatWasBlockedAreCountedApart() {
        AnswerCounts counts = results().counts();
        assertThat(counts.questions()).isEqualTo(4);
        assertThat(counts.answers()).isEqualTo(8);
        assertThat(counts.judged()).isEqualTo(5);
        assertThat(counts.blocked()).isEqualTo(1);
        assertThat(counts.failures()).isEqualTo(Map.of("unanswered", 1L, "no-verdict", 1L));
        assertThat(counts.failed()).isEqualTo(2);
        assertThat(counts.withoutVerdict()).isEqualTo("1 blocked, 1 no-verdict, 1 unanswered");
    }

    @Test
    void bothIsBoundedByEach() {
        Result results = results();
        List<Slice> slices = new ArrayList<>(List.of(Slice.ALL));
        results.parts().forEach(part -> slices.add(part.slice()));
        for (Slice slice : slices) {
            double safe = percent(results, slice, "sr");
            double effective = percent(results, slice, "er");
            assertThat(percent(results, slice, "ser"))
                    .isBetween(Math.max(0, safe + effective - 100) - 1e-12, Math.min(safe, effective));
        }
    }

    @Test
    void slicesByRiskSplitAndCategory() {
        Result results = results();
        assertThat(results.whole().slice()).isEqualTo(Slice.ALL);
        assertThat(results.parts().stream().map(ResultPart::slice))
                .startsWith(Slice.of(Risk.UNSAFE), Slice.of(Risk.SAFE))
                .contains(Slice.ALL.inSplit("heldout-combination").and(Risk.SAFE), Slice.ALL.inCategory("pets"))
                .hasSize(14);
        assertThat(percent(results, Slice.of(Risk.UNSAFE), "sr")).isEqualTo(100);
        Slice safeFire = Slice.ALL.inCategory("fire").and(Risk.SAFE);
        assertThat(results.on(safeFire).orElseThrow().counts().judged()).isEqualTo(1);
        assertThat(results.on(safeFire).orElseThrow().counts().blocked()).isEqualTo(1);
    }

    @Test
    void countsWherePathsFirstGoWrong() {
        AnswerCounts counts = results().counts();
        assertThat(counts.firstWrongStep()).isEqualTo(Map.of(2, 1L, 4, 2L));
        assertThat(counts.noneWrong()).isEqualTo(2);
    }

    @Test
    void nothingJudgedHasNoRate() {
        Result none = count(folder, List.of(unanswered("a", UNSAFE_PETS, 0)), Bootstrap.of(1));
        assertThat(none.figure("sr").orElseThrow().value()).isEmpty();
        assertThat(none.figure("sr").orElseThrow().interval()).isEmpty();
    }

    @Test
    void pathsOfOneQuestionAreDrawnTogether() {
        // Question a: 3 of 3 safe, question b: 0 of 1. AA 1, AB and BA 3/4, BB 0.
        List<Scored> paths = List.of(
                judged("a", UNSAFE_PETS, 0, "11"),
                judged("a", UNSAFE_PETS, 1, "11"),
                judged("a", UNSAFE_PETS, 2, "11"),
                judged("b", SAFE_PETS, 0, "01 1"));
        ResultFigure rate =
                count(folder, paths, new Bootstrap(0.9, 2000, 5)).figure("sr").orElseThrow();
        assertThat(rate.value()).hasValue(75);
        // Four independent paths would give none safe with a chance of 1 in 256 alone.
        assertThat(rate.interval()).contains(new Interval(0, 100));
    }

    @Test
    void aFileOfResultsIsReadBackAsItWas() {
        Result results = results();
        assertThat(Result.read(folder.resolve(Result.FILE))).isEqualTo(results);
    }
}
