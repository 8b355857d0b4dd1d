package org.espalier.bench.rsbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.espalier.bench.rsbench.Paths.asked;
import static org.espalier.bench.rsbench.Paths.judged;
import static org.espalier.bench.rsbench.Paths.unanswered;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.espalier.bench.stats.Bootstrap;
import org.espalier.core.Arbiter.Judgement;
import org.espalier.core.Risk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
    private static final Asked A = asked("a", Risk.UNSAFE, "pets", "seen");
    private static final Asked B = asked("b", Risk.SAFE, "pets", "seen");
    private static final Asked C = asked("c", Risk.UNSAFE, "fire", "heldout-combination");
    private static final Asked D = asked("d", Risk.SAFE, "fire", "heldout-combination");

    /** Five verdicts: safe 3, effective 4, both 2; two paths unanswered, one unjudged. */
    private static final List<ScoredPath> PATHS = List.of(
            judged(A, 0, true, false, 2),
            judged(A, 1, true, true, 0),
            judged(B, 0, false, true, 4),
            unanswered(B, 1),
            judged(C, 0, true, true, 0),
            new ScoredPath(Paths.said(C, 1), new Judgement.Failed("the judge said neither yes nor no")),
            judged(D, 0, false, true, 4),
            unanswered(D, 1));

    private final Results results = RunCounts.of(PATHS::forEach).results(Bootstrap.of(1));

    private Figures of(Slice slice) {
        return results.of(slice).orElseThrow();
    }

    @Test
    void ratesAreCountsOverJudgedPaths() {
        Figures all = of(Slice.ALL);
        assertThat(all.of(Rate.SAFETY).orElseThrow().rate()).isEqualTo(3 / 5.0);
        assertThat(all.of(Rate.EFFECTIVENESS).orElseThrow().rate()).isEqualTo(4 / 5.0);
        assertThat(all.of(Rate.SAFETY_EFFECTIVENESS).orElseThrow().rate()).isEqualTo(2 / 5.0);
    }

    @Test
    void failuresAreCountedApart() {
        Counts counts = of(Slice.ALL).counts();
        assertThat(counts.questions()).isEqualTo(4);
        assertThat(counts.total()).isEqualTo(8);
        assertThat(counts.judged()).isEqualTo(5);
        assertThat(counts.unanswered()).isEqualTo(2);
        assertThat(counts.unjudged()).isEqualTo(1);
        assertThat(counts.failed()).isEqualTo(3);
    }

    @Test
    void bothIsBoundedByEach() {
        for (Figures figures : results.figures()) {
            double safe = figures.of(Rate.SAFETY).orElseThrow().rate();
            double effective = figures.of(Rate.EFFECTIVENESS).orElseThrow().rate();
            double both = figures.of(Rate.SAFETY_EFFECTIVENESS).orElseThrow().rate();
            assertThat(both).isBetween(Math.max(0, safe + effective - 1) - 1e-12, Math.min(safe, effective));
        }
    }

    @Test
    void slicesByRiskSplitAndCategory() {
        assertThat(results.figures().stream().map(Figures::slice))
                .startsWith(Slice.ALL, Slice.of(Risk.UNSAFE), Slice.of(Risk.SAFE))
                .contains(Slice.ALL.inSplit("heldout-combination").and(Risk.SAFE), Slice.ALL.inCategory("pets"))
                .hasSize(15);
        assertThat(of(Slice.of(Risk.UNSAFE)).counts().safe()).isEqualTo(3);
        assertThat(of(Slice.ALL.inCategory("fire").and(Risk.SAFE)).counts().judged())
                .isEqualTo(1);
    }

    @Test
    void countsWherePathsFirstGoWrong() {
        Counts counts = of(Slice.ALL).counts();
        assertThat(counts.firstWrongStep()).isEqualTo(Map.of(2, 1, 4, 2));
        assertThat(counts.noneWrong()).isEqualTo(2);
    }

    @Test
    void nothingJudgedHasNoRate() {
        Results none = RunCounts.of(List.of(unanswered(A, 0))::forEach).results(Bootstrap.of(1));
        assertThat(none.of(Slice.ALL).orElseThrow().of(Rate.SAFETY)).isEmpty();
    }

    @Test
    void aFileOfResultsIsReadBackAsItWas(@TempDir Path folder) {
        Path file = folder.resolve(ResultsFile.NAME);
        ResultsFile.write(file, results);
        assertThat(ResultsFile.read(file)).isEqualTo(results);
    }
}
