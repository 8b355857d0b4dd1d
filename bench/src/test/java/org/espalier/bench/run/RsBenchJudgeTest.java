package org.espalier.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.bench.judge.ChatJudge;
import org.espalier.bench.judge.JudgeModel;
import org.espalier.bench.judge.Mishap;
import org.espalier.bench.run.JudgementLine.Outcome;
import org.espalier.bench.run.JudgementLine.Vote;
import org.espalier.bench.run.SamplePaths.Scored;
import org.espalier.bench.set.RsBench;
import org.espalier.bench.stats.Bootstrap;
import org.espalier.bench.stats.Confusion;
import org.espalier.bench.suite.AnswerVerdict;
import org.espalier.bench.suite.BenchmarkItem;
import org.espalier.bench.suite.QuestionKind;
import org.espalier.core.ChatModel.Reply;
import org.espalier.core.Risk;
import org.espalier.core.Sampling;
import org.espalier.core.Turn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RsBenchJudgeTest {
    private static final List<String> PATH = List.of("I see it", "I mix it", "Go ahead");
    private static final RsBench BENCH = SamplePaths.bench(1);

    @TempDir
    Path folder;

    /** @param safe first wrong step of the first question, 0 where it is safe; of the second likewise */
    private static JudgeModel judge(String name, int safe, int effective) {
        return new ChatJudge(
                name,
                (requests, _) -> requests.stream()
                        .<Reply>map(request -> {
                            String text = request.conversation().get(1).text();
                            String mark = text.substring(text.indexOf("<<<data ") + 8, text.indexOf(">>>"));
                            boolean first =
                                    request.conversation().getFirst().text().contains("rsbench-safe-judge");
                            int step = first ? safe : effective;
                            return new Reply.Said(
                                    "{\"mark\":\"" + mark + "\",\"reason\":\"as " + name + " sees it\",\""
                                            + (first ? "safe" : "effective") + "\":" + (step == 0)
                                            + ",\"first_wrong_step\":" + step + "}",
                                    true);
                        })
                        .toList(),
                Sampling.at(0, 100, 0));
    }

    private static JudgementLine line(JudgeModel... judges) {
        BenchmarkItem item = BenchmarkItem.of(SamplePaths.sample("q", Risk.UNSAFE, "seen"));
        Judge.Case one = new Judge.Case(item, 0, new Reply.Said(String.join("\n", PATH), true), PATH);
        return new JudgePanel(BENCH, List.of(judges)).judge(List.of(one)).getFirst();
    }

    private static Outcome judged(JudgeModel... judges) {
        return line(judges).outcome();
    }

    private static Outcome verdict(String label, String reason) {
        return new Outcome.Judged(new AnswerVerdict(label, reason));
    }

    @Test
    void asksTwoQuestionsAndTakesTheEarlierWrongStep() {
        assertThat(judged(judge("one", 3, 2))).isEqualTo(verdict("00 2", "as one sees it"));
        assertThat(judged(judge("one", 0, 3))).isEqualTo(verdict("10 3", "as one sees it"));
        assertThat(judged(judge("one", 0, 0))).isEqualTo(verdict("11", "as one sees it"));
    }

    @Test
    void aStepThatThePathHasNotIsAContradiction() {
        assertThat(judged(judge("one", 4, 0))).isInstanceOfSatisfying(Outcome.Missing.class, missing -> {
            assertThat(missing.mishap()).isEqualTo(Mishap.CONTRADICTION);
            assertThat(missing.reason()).contains("has not");
        });
    }

    @Test
    void severalJudgesVoteOnEitherQuestion() {
        assertThat(judged(judge("a", 0, 2), judge("b", 0, 0), judge("c", 3, 0)))
                .isInstanceOfSatisfying(
                        Outcome.Judged.class,
                        it -> assertThat(it.verdict().label()).isEqualTo("11"));
        assertThat(judged(judge("a", 0, 0), judge("b", 1, 0))).isInstanceOf(Outcome.Missing.class);
        // Unsafe by two of three, of whom one goes wrong at the second step already.
        assertThat(judged(judge("a", 3, 0), judge("b", 2, 0), judge("c", 0, 0)))
                .isEqualTo(verdict("01 2", "as a sees it"));
    }

    @Test
    void keepsEachJudgesVote() {
        assertThat(line(judge("a", 0, 2), judge("b", 0, 0), judge("c", 3, 0)).votes())
                .containsExactly(
                        new Vote("a", verdict("10 2", "as a sees it")),
                        new Vote("b", verdict("11", "as b sees it")),
                        new Vote("c", verdict("01 3", "as c sees it")));
    }

    @Test
    void moreThanHalfOfTheJudgesMustHaveAVerdict() {
        JudgeModel silent = new ChatJudge(
                "silent",
                (requests, _) -> requests.stream()
                        .<Reply>map(_ -> new Reply.Failed("timed out"))
                        .toList(),
                Sampling.at(0, 100, 0));
        Outcome none = new Outcome.Missing(Mishap.JUDGE_SILENT, "timed out");
        assertThat(judged(silent, judge("a", 0, 0), judge("b", 0, 0))).isInstanceOf(Outcome.Judged.class);
        assertThat(judged(silent, silent, judge("a", 0, 0))).isEqualTo(none);
        assertThat(judged(silent)).isEqualTo(none);
    }

    @Test
    void showsThePathNumberedWithPictureAndReference() {
        List<Turn> heard = new ArrayList<>();
        line(new ChatJudge(
                "l",
                (requests, _) -> {
                    requests.forEach(request -> heard.add(request.conversation().get(1)));
                    return requests.stream()
                            .<Reply>map(_ -> new Reply.Failed(""))
                            .toList();
                },
                Sampling.at(0, 100, 0)));
        assertThat(heard).hasSize(2);
        assertThat(heard.getFirst().images()).containsExactly(Path.of("/data/images/q.png"));
        assertThat(heard.getFirst().text())
                .contains("\"steps\":{\"1\":\"I see it\",\"2\":\"I mix it\",\"3\":\"Go ahead\"}")
                .contains("\"reference_path\":[\"see\",\"do not\"]");
    }

    @Test
    void qualityIsAgreementWithWhomWeTrustMore() {
        QuestionKind kind = SamplePaths.kind(Risk.UNSAFE, "c", "seen");
        List<Scored> paths = List.of(
                SamplePaths.judged("q", kind, 0, "11"),
                SamplePaths.judged("q", kind, 1, "10 2"),
                SamplePaths.judged("q", kind, 2, "00 1"),
                SamplePaths.unanswered("q", kind, 3));
        SamplePaths.count(folder, paths, Bootstrap.of(1));
        Map<Integer, String> people = Map.of(0, "11", 1, "00 2");
        JudgeComparison quality = JudgeComparison.of(
                folder,
                BENCH,
                answer -> Optional.ofNullable(people.get(answer.sample())).map(label -> BENCH.aspects("", label)));
        Confusion safe = quality.aspects().get("safe");
        assertThat(safe.agreement()).isEqualTo(0.5);
        assertThat(safe.count("safe", "unsafe")).isEqualTo(1);
        assertThat(quality.aspects().get("effective").agreement()).isEqualTo(1);
        assertThat(quality.aspects().get("first wrong step").agreement()).isEqualTo(1);
        assertThat(quality.unjudged()).isEqualTo(1);
        assertThat(quality.unlabelled()).isEqualTo(1);
    }
}
