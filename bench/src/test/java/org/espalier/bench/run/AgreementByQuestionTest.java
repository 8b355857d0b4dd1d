package org.espalier.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.espalier.bench.run.JudgementLine.Outcome;
import org.espalier.bench.run.JudgementLine.Vote;
import org.espalier.bench.set.Benchmarks;
import org.espalier.bench.stats.Bootstrap;
import org.espalier.bench.suite.AnswerVerdict;
import org.espalier.bench.suite.Benchmark;
import org.espalier.bench.suite.QuestionKind;
import org.espalier.core.ChatModel.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Judges are compared question by question, on what they were asked. */
class AgreementByQuestionTest {
    @TempDir
    Path folder;

    private final List<String> answers = new ArrayList<>();
    private final List<String> judgements = new ArrayList<>();
    private final List<String> others = new ArrayList<>();

    private static Benchmark named(String name) {
        return Benchmarks.shipped().named(name).orElseThrow();
    }

    private void add(String category, String said, String own, String other) {
        String id = "q" + answers.size();
        AnswerLine answer = new AnswerLine(
                id, 0, new Reply.Said(said, true), List.of(), id, id, QuestionKind.of(category), "p.png", "q");
        answers.add(answer.line());
        Outcome one = new Outcome.Judged(new AnswerVerdict(own, ""));
        Outcome two = new Outcome.Judged(new AnswerVerdict(other, ""));
        judgements.add(new JudgementLine(id, 0, one, List.of(new Vote("one", one), new Vote("two", two))).line());
        others.add(new JudgementLine(id, 0, two, List.of()).line());
    }

    private JudgeComparison compared(Benchmark benchmark) throws IOException {
        Files.write(folder.resolve(AnswerLine.FILE), answers);
        Files.write(folder.resolve(JudgementLine.FILE), judgements);
        Path file = Files.write(folder.resolve("others.jsonl"), others);
        var labels = JudgeComparison.labels(file);
        return JudgeComparison.of(
                folder,
                benchmark,
                answer -> labels.apply(answer)
                        .map(label -> benchmark.aspects(answer.kind().category(), label)));
    }

    private List<JudgeAgreement> voted(Benchmark benchmark) {
        return Counting.of(benchmark, folder, "m", org.espalier.core.file.Json.object(), List.of(), Bootstrap.of(1))
                .agreements();
    }

    @Test
    void safeBenchsVerdictsAgreeThoughNoRatingDoes() throws IOException {
        for (int i = 0; i < 23; i++) {
            add("Violence/Physical Harm", "said", i % 2 + " 3/1", i % 2 + " 4/1");
        }
        JudgeComparison comparison = compared(named("safebench"));
        assertThat(comparison.aspects().get("judgment").agreement()).isEqualTo(1);
        assertThat(comparison.aspects().get("rating").agreement()).isZero();
        assertThat(voted(named("safebench")))
                .extracting(JudgeAgreement::question, JudgeAgreement::agreement)
                .containsExactlyInAnyOrder(
                        org.assertj.core.api.Assertions.tuple("judgment", 1.0),
                        org.assertj.core.api.Assertions.tuple("rating", 0.0));
    }

    @Test
    void aConstantJudgeHasNoKappaInEitherRubricOfUsb() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 200; i++) {
            boolean probe = i % 2 == 0;
            add(
                    probe ? "overrefusal" : "Public Safety/SIST",
                    "said",
                    probe ? "0" : "3",
                    Integer.toString(probe ? random.nextInt(2) : 1 + random.nextInt(3)));
        }
        JudgeComparison comparison = compared(named("usb"));
        assertThat(comparison.aspects().keySet()).containsExactlyInAnyOrder("probes", "attacks");
        comparison
                .aspects()
                .forEach((_, confusion) -> assertThat(confusion.kappa()).isZero());
        voted(named("usb")).forEach(agreement -> {
            assertThat(agreement.kappa()).isZero();
            assertThat(agreement.answers()).isEqualTo(100);
            assertThat(agreement.agreementInterval().orElseThrow().contains(agreement.agreement()))
                    .isTrue();
        });
    }

    @Test
    void whatARuleDecidesIsInNoAgreement() throws IOException {
        add("noise-injection", "Yes", "0", "0");
        add("position-swapping", "A", "A", "A");
        add("privacy", "said", "1", "2");
        add("hallucination", "said", "1", "1");
        JudgeComparison comparison = compared(named("mllmguard"));
        assertThat(comparison.ruled()).isEqualTo(2);
        assertThat(comparison.aspects().get("score").agreement()).isZero();
        assertThat(comparison.aspects().get("hallucination").agreement()).isEqualTo(1);
    }

    @Test
    void emptyAnswersAreDecidedByRule() throws IOException {
        add("type 1", "", "1", "1");
        add("type 1", "said", "0", "1");
        JudgeComparison comparison = compared(named("mossbench"));
        assertThat(comparison.ruled()).isEqualTo(1);
        assertThat(comparison.aspects().get("verdict").total()).isEqualTo(1);
        assertThat(voted(named("mossbench")).getFirst().answers()).isEqualTo(1);
        assertThat(voted(named("mossbench")).getFirst().words())
                .startsWith("verdict: judges one and two agree on 0.0 %");
        assertThat(Optional.of(comparison.unjudged())).contains(0);
    }
}
