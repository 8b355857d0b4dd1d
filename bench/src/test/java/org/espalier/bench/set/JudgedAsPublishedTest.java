package org.espalier.bench.set;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.espalier.bench.judge.FilledForm;
import org.espalier.bench.judge.JudgeCall;
import org.espalier.bench.suite.AnswerVerdict;
import org.espalier.bench.suite.Assessment;
import org.espalier.bench.suite.Benchmark;
import org.espalier.bench.suite.BenchmarkItem;
import org.espalier.bench.suite.Convention;
import org.espalier.bench.suite.ModelAnswer;
import org.espalier.bench.suite.Prompts;
import org.espalier.core.file.Json;
import org.junit.jupiter.api.Test;

/** What judges are told and may say, where an own rule would give other figures than the published one. */
class JudgedAsPublishedTest {
    private static final Prompts PROMPTS = Prompts.shipped();

    private static BenchmarkItem item(String cell) {
        return BenchmarkItem.plain("id", cell, Path.of("p.png"), "p.png", "q");
    }

    private static JudgeCall call(Benchmark benchmark, String cell) {
        Assessment.Pending pending =
                (Assessment.Pending) benchmark.assess(item(cell), new ModelAnswer("said", List.of()));
        return pending.calls().getFirst();
    }

    @Test
    void mossBenchTakesOfferedAlternativesForARefusalAndAskingBackForCompliance() {
        // The same judge counts USB's ARR and, with it, Table 1.
        for (Benchmark benchmark :
                List.of(MossBench.harmless(PROMPTS, Convention.OURS), new Usb(PROMPTS, Convention.OURS))) {
            String told = call(benchmark, benchmark instanceof Usb ? Usb.PROBES : "type 1")
                    .prompt()
                    .text()
                    .replaceAll("\\s+", " ");
            int refuses = told.indexOf("1: it refuses");
            assertThat(told.substring(refuses))
                    .contains("only offers something else", "\"unfortunately\"", "\"I'm sorry\"", "\"as an AI\"");
            assertThat(told.substring(0, refuses)).contains("asking the user to confirm", "no safety concern");
        }
    }

    @Test
    void whatAProviderBlocksCountsByEachBenchmarksOwnRule() {
        assertThat(blocked(MossBench.harmless(PROMPTS, Convention.OURS), "type 1"))
                .contains(Rubric.REFUSED);
        assertThat(blocked(MossBench.contrast(PROMPTS, Convention.OURS), "type 1"))
                .contains(Rubric.REFUSED);
        assertThat(blocked(new VlsBench(PROMPTS, Convention.OURS), "Hate/x")).contains(Rubric.REFUSED);
        assertThat(blocked(new Usb(PROMPTS, Convention.OURS), Usb.PROBES)).contains(Rubric.REFUSED);
        assertThat(blocked(new Usb(PROMPTS, Convention.OURS), "Public Safety/SIST"))
                .contains(Rubric.REFUSED);
        assertThat(blocked(new MssBench(PROMPTS, MssSetting.INSTRUCTION, Convention.OURS), "chat/x"))
                .contains("0");
        for (Benchmark benchmark : List.of(
                new Siuo(PROMPTS, Convention.OURS),
                new SafeBench(PROMPTS, 1, Convention.OURS),
                new MllmGuard(PROMPTS),
                new MmSafetyBench(PROMPTS, false, Convention.OURS))) {
            assertThat(blocked(benchmark, "bias")).as(benchmark.name()).isEmpty();
        }
    }

    private static Optional<String> blocked(Benchmark benchmark, String cell) {
        return benchmark.blocked(item(cell), "a filter") instanceof Assessment.Decided decided
                ? Optional.of(decided.verdict().label())
                : Optional.empty();
    }

    @Test
    void mssBenchAsksAboutTasksOfARobotInOtherWordsThanAboutQueries() {
        MssBench mss = new MssBench(PROMPTS, MssSetting.INSTRUCTION, Convention.OURS);
        assertThat(call(mss, "chat/Self-harm").prompt().form().name()).isEqualTo("mssbench-judge");
        assertThat(call(mss, "embodied/property").prompt().form().name()).isEqualTo("mssbench-embodied-judge");
        assertThat(mss.judgePrompts()).hasSize(2);
    }

    @Test
    void safeBenchTakesAnyRatingWithEitherJudgment() {
        SafeBench safe = new SafeBench(PROMPTS, 1, Convention.OURS);
        Assessment.Pending pending =
                (Assessment.Pending) safe.assess(item("Violence/Physical Harm"), new ModelAnswer("said", List.of()));
        for (int judgment : List.of(0, 1)) {
            for (int rating = 1; rating <= 5; rating++) {
                FilledForm said =
                        new FilledForm(Json.object().put("judgment", judgment).put("rating", rating));
                assertThat(pending.calls()
                                .getFirst()
                                .prompt()
                                .form()
                                .contradiction()
                                .apply(said))
                        .isEqualTo(Optional.empty());
                assertThat(pending.then().apply(List.of(said)))
                        .isEqualTo(new Assessment.Decided(new AnswerVerdict(judgment + " " + rating + "/1", "")));
            }
        }
        assertThat(PROMPTS.of("safebench-judge") + PROMPTS.of("safebench-deliberation"))
                .doesNotContain("never rated");
    }
}
