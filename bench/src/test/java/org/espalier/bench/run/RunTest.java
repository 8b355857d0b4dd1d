package org.espalier.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.espalier.bench.judge.JudgeModel;
import org.espalier.bench.stats.Bootstrap;
import org.espalier.bench.stats.Confusion;
import org.espalier.bench.stats.Interval;
import org.espalier.bench.suite.Assessment;
import org.espalier.bench.suite.BenchmarkItem;
import org.espalier.bench.suite.Convention;
import org.espalier.bench.suite.QuestionSet;
import org.espalier.bench.suite.Slice;
import org.espalier.core.ChatModel;
import org.espalier.core.ChatModel.Reply;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.Sampling;
import org.espalier.core.file.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTest {
    private static final Sampling SAMPLING = Sampling.at(0, 16, 0);
    private static final QuestionSet SET = Small.set(40);

    @TempDir
    Path folder;

    private static Result run(Path to, int samples, ChatModel model, List<JudgeModel> judges) {
        Small small = new Small(samples);
        new Asking(small, model, SAMPLING, 6, false, Progress.SILENT).run(SET, to);
        new Judging(small, new JudgePanel(small, judges), 5, Convention.OURS, Progress.SILENT).run(SET, to);
        return Counting.of(small, to, "model", Json.object(), List.of(), new Bootstrap(0.95, 200, 1));
    }

    private static Result run(Path to) {
        return run(to, 1, Small.MODEL, List.of(Small.judge(Small.JUDGE)));
    }

    @Test
    void countsWhatHasNoVerdictApartFromEveryRate() {
        Result result = run(folder);
        // 40 questions: 5 unanswered (6, 13, ... 34); of the others 10, 21, 32 without a verdict (n % 11 == 10).
        AnswerCounts counts = result.counts();
        assertThat(counts.answers()).isEqualTo(40);
        assertThat(counts.failures())
                .containsEntry("unanswered", 5L)
                .containsEntry("no-verdict", 3L)
                .hasSize(2);
        assertThat(counts.judged()).isEqualTo(32);
        assertThat(counts.scored()).isEqualTo(32);
        assertThat(counts.withoutVerdict()).isEqualTo("3 no-verdict, 5 unanswered");
        // Cut off: 4, 9, ..., 39 are eight, of which 34 failed.
        assertThat(counts.cutOff()).isEqualTo(7);
        // Good are the even ones: 20, less 6, 20, 34 unanswered and 10, 32 without a verdict.
        assertThat(result.figure("good").orElseThrow().value().getAsDouble()).isCloseTo(100.0 * 15 / 32, within(1e-9));
        assertThat(Result.read(folder.resolve(Result.FILE))).isEqualTo(result);
    }

    /** A hundred samples of six questions are one group; a kill must not lose them all. */
    @Test
    void manyAnswersOfAGroupAreWrittenAsTheyComeAndContinuedFromThere() throws IOException {
        Small small = new Small(100);
        QuestionSet set = Small.set(8);
        Path whole = Files.createDirectory(folder.resolve("all"));
        List<Integer> calls = new ArrayList<>();
        ChatModel counted = (requests, sampling) -> {
            calls.add(requests.size());
            return Small.MODEL.reply(requests, sampling);
        };
        new Asking(small, counted, SAMPLING, 6, false, Progress.SILENT).run(set, whole);
        assertThat(calls).as("never across the end of a group").containsExactly(128, 128, 128, 128, 88, 128, 72);

        Path killed = Files.createDirectory(folder.resolve("killed"));
        ChatModel failing = (requests, sampling) -> {
            if (requests.getFirst().key().equals("q2")) {
                throw new IllegalStateException("killed");
            }
            return Small.MODEL.reply(requests, sampling);
        };
        assertThatThrownBy(() -> new Asking(small, failing, SAMPLING, 6, false, Progress.SILENT).run(set, killed))
                .hasMessage("killed");
        assertThat(Files.readAllLines(killed.resolve(AnswerLine.FILE))).hasSize(256);
        calls.clear();
        new Asking(small, counted, SAMPLING, 6, false, Progress.SILENT).run(set, killed);
        assertThat(calls).containsExactly(128, 128, 88, 128, 72);
        assertThat(killed.resolve(AnswerLine.FILE)).hasSameBinaryContentAs(whole.resolve(AnswerLine.FILE));
    }

    @Test
    void continuesFromEveryPlaceItCanBeCutAt() throws IOException {
        Path whole = folder.resolve("whole");
        run(whole, 2, Small.MODEL, List.of(Small.judge(Small.JUDGE)));
        String answers = Files.readString(whole.resolve(AnswerLine.FILE));
        String judgements = Files.readString(whole.resolve(JudgementLine.FILE));
        for (int line = 0; line <= 80; line += 7) {
            Path part = Files.createDirectories(folder.resolve("part" + line));
            Files.writeString(part.resolve(AnswerLine.FILE), beginning(answers, line, 11));
            Files.writeString(part.resolve(JudgementLine.FILE), beginning(judgements, line - line % 12, 5));
            run(part, 2, Small.MODEL, List.of(Small.judge(Small.JUDGE)));
            for (String name : List.of(AnswerLine.FILE, JudgementLine.FILE, UnitLine.FILE, Result.FILE)) {
                assertThat(part.resolve(name)).hasSameBinaryContentAs(whole.resolve(name));
            }
        }
    }

    private static String beginning(String text, int lines, int torn) {
        int end = text.lines().limit(lines).mapToInt(line -> line.length() + 1).sum();
        return text.substring(0, Math.min(text.length(), end + torn));
    }

    @Test
    void repeatsNoAnswerAndNoVerdictThatIsThere() {
        run(folder);
        ChatModel deaf = (_, _) -> {
            throw new AssertionError("asked again");
        };
        assertThat(run(folder, 1, deaf, List.of(Small.judge(deaf))).counts().judged())
                .isEqualTo(32);
    }

    @Test
    void aNewJudgeCostsNoNewAnswers() throws IOException {
        run(folder.resolve("first"));
        Path second = Files.createDirectories(folder.resolve("second"));
        Files.copy(folder.resolve("first").resolve(AnswerLine.FILE), second.resolve(AnswerLine.FILE));
        ChatModel deaf = (_, _) -> {
            throw new AssertionError("asked again");
        };
        ChatModel strict = answering("bad");
        Result result = run(second, 1, deaf, List.of(Small.judge(strict)));
        assertThat(result.figure("good").orElseThrow().value().getAsDouble()).isZero();
        assertThat(result.counts().judged()).isEqualTo(35);
        Small small = new Small(1);
        var other = JudgeComparison.labels(second.resolve(JudgementLine.FILE));
        JudgeComparison comparison = JudgeComparison.of(
                folder.resolve("first"), small, answer -> other.apply(answer).map(label -> small.aspects("", label)));
        Confusion labels = comparison.aspects().get("verdict");
        assertThat(labels.count("good", "bad")).isEqualTo(15);
        assertThat(labels.count("bad", "bad")).isEqualTo(17);
        assertThat(comparison.unjudged()).isEqualTo(8);
    }

    private static ChatModel answering(String verdict) {
        return (requests, _) -> requests.stream()
                .<Reply>map(request -> {
                    String text = request.conversation().get(1).text();
                    String mark = text.substring(text.indexOf("<<<data ") + 8, text.indexOf(">>>"));
                    return new Reply.Said("{\"mark\":\"" + mark + "\",\"verdict\":\"" + verdict + "\"}", true);
                })
                .toList();
    }

    @Test
    void severalJudgesVoteAndASplitVoteIsNoVerdict() {
        List<JudgeModel> three =
                List.of(Small.judge(Small.JUDGE), Small.judge(answering("good")), Small.judge(answering("bad")));
        Result result = run(folder, 1, Small.MODEL, three);
        // Where the first has a verdict it decides; where it has none the other two are split.
        assertThat(result.counts().failures()).containsEntry("split-vote", 3L);
        assertThat(result.figure("good").orElseThrow().value().getAsDouble()).isCloseTo(100.0 * 15 / 32, within(1e-9));
        assertThat(result.agreements()).hasSize(1);
    }

    @Test
    void oneJudgeThatIsLeftOfThreeDoesNotDecideAlone() {
        ChatModel silent = (requests, _) ->
                requests.stream().<Reply>map(_ -> new Reply.Failed("timed out")).toList();
        Result result = run(
                folder,
                1,
                Small.MODEL,
                List.of(Small.judge(answering("good")), Small.judge(silent), Small.judge(silent)));
        assertThat(result.counts().judged()).isZero();
        assertThat(result.counts().failures()).containsEntry("judge-silent", 35L);
    }

    @Test
    void aPictureThatCannotBeReadFailsItsOwnQuestionAlone() {
        ChatModel picky = (requests, sampling) -> {
            if (requests.stream().anyMatch(request -> request.key().equals("q8"))) {
                throw new InputException("q8.avif is no picture");
            }
            return Small.MODEL.reply(requests, sampling);
        };
        Result result = run(folder, 1, picky, List.of(Small.judge(Small.JUDGE)));
        assertThat(result.counts().failures()).containsEntry("unanswered", 6L);
    }

    @Test
    void refusesAFolderOfOtherQuestions() throws IOException {
        run(folder);
        Path file = folder.resolve(AnswerLine.FILE);
        Files.writeString(file, Files.readString(file).replace("\"q3\"", "\"x3\""));
        assertThatThrownBy(() -> run(folder)).hasMessageContaining("line 4 is not what was written");
        Files.delete(folder.resolve(".answers.jsonl.crc"));
        assertThatThrownBy(() -> run(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 4")
                .hasMessageContaining("x3");
    }

    @Test
    void takesVerdictsFromAFileAndNamesALabelThatIsNone() throws IOException {
        Small small = new Small(1);
        new Asking(small, Small.MODEL, SAMPLING, 6, false, Progress.SILENT).run(SET, folder);
        Path file = folder.resolve("people.jsonl");
        Files.writeString(file, "{\"id\":\"q0\",\"label\":\"good\"}\n{\"id\":\"q1\",\"sample\":0,\"label\":\"bad\"}\n");
        new Judging(small, new ImportedVerdicts(small, SET, file), 5, Convention.OURS, Progress.SILENT)
                .run(SET, folder);
        Result result = Counting.of(small, folder, "m", Json.object(), List.of(), new Bootstrap(0.95, 50, 1));
        assertThat(result.figure("good").orElseThrow().value().getAsDouble()).isEqualTo(50);
        assertThat(result.counts().failures()).containsEntry("not-imported", 33L);

        Files.writeString(file, "{\"id\":\"q0\",\"label\":\"fine\"}\n");
        assertThatThrownBy(() -> new ImportedVerdicts(small, SET, file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 1")
                .hasMessageContaining("\"fine\", which is no label of small");
        Files.writeString(file, "{\"id\":\"q0\",\"label\":\"good\"}\n{\"id\":\"q0\",\"label\":\"bad\"}\n");
        assertThatThrownBy(() -> new ImportedVerdicts(small, SET, file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 2")
                .hasMessageContaining("already");
    }

    @Test
    void takesTheJudgementsOfARunWithWhatHasNoVerdictAmongThem() throws IOException {
        run(folder.resolve("first"));
        Path second = Files.createDirectories(folder.resolve("second"));
        Files.copy(folder.resolve("first").resolve(AnswerLine.FILE), second.resolve(AnswerLine.FILE));
        Path judgements = folder.resolve("first").resolve(JudgementLine.FILE);
        Small small = new Small(1);
        new Judging(small, new ImportedVerdicts(small, SET, judgements), 5, Convention.OURS, Progress.SILENT)
                .run(SET, second);
        assertThat(second.resolve(JudgementLine.FILE)).hasSameTextualContentAs(judgements);
    }

    @Test
    void whatTheProviderBlockedIsCountedApartAndJudgedByNobody() {
        ChatModel filtered = (requests, sampling) -> Small.MODEL.reply(requests, sampling).stream()
                .map(reply -> reply instanceof Reply.Failed ? new Reply.Blocked("content_filter") : reply)
                .toList();
        Result result = run(folder, 1, filtered, List.of(Small.judge(Small.JUDGE)));
        AnswerCounts counts = result.counts();
        assertThat(counts.blocked()).isEqualTo(5);
        assertThat(counts.failures()).containsEntry("no-verdict", 3L).hasSize(1);
        assertThat(counts.judged() + counts.blocked() + counts.failed()).isEqualTo(counts.answers());
        assertThat(counts.withoutVerdict()).isEqualTo("5 blocked, 3 no-verdict");
        ResultFigure good = result.figure("good").orElseThrow();
        assertThat(good.value().getAsDouble()).isCloseTo(100.0 * 15 / 32, within(1e-9));
        // Were all eight bad, 15 of 40 were good; were all good, 23 of 40.
        assertThat(good.bounds()).contains(new Interval(37.5, 57.5));
        assertThat(Result.read(folder.resolve(Result.FILE))
                        .figure("good")
                        .orElseThrow()
                        .bounds())
                .isEqualTo(good.bounds());
    }

    @Test
    void thoughtsArePartedFromTheAnswerKeptAndNotJudged() {
        ChatModel thinking = (requests, sampling) -> Small.MODEL.reply(requests, sampling).stream()
                .map(reply -> reply instanceof Reply.Said(String text, boolean complete)
                        ? new Reply.Said("<think>answer to 10.0, or</think>" + text, complete)
                        : reply)
                .toList();
        Result plain = run(folder.resolve("plain"));
        Result thought = run(folder.resolve("thought"), 1, thinking, List.of(Small.judge(Small.JUDGE)));
        assertThat(thought.cells()).isEqualTo(plain.cells());
        assertThat(folder.resolve("thought").resolve(AnswerLine.FILE))
                .content()
                .contains("\"text\":\"answer to 3.0\",\"thinking\":\"answer to 10.0, or\",\"thinking_apart\":false");
        Path again = folder.resolve("again");
        try (RecordedAnswers recorded =
                new RecordedAnswers(folder.resolve("thought").resolve(AnswerLine.FILE))) {
            new Asking(new Small(1), recorded, SAMPLING, 6, false, Progress.SILENT).run(SET, again);
        }
        assertThat(again.resolve(AnswerLine.FILE))
                .hasSameTextualContentAs(folder.resolve("thought").resolve(AnswerLine.FILE));
    }

    @Test
    void aBenchmarkMayCountWhatWasBlocked() {
        Small refused = new Small(1) {
            @Override
            public Assessment blocked(BenchmarkItem item, String reason) {
                return Assessment.decided("bad", reason);
            }
        };
        ChatModel filtered = (requests, _) ->
                requests.stream().<Reply>map(_ -> new Reply.Blocked("filter")).toList();
        new Asking(refused, filtered, SAMPLING, 6, false, Progress.SILENT).run(SET, folder);
        JudgeModel deaf = Small.judge((_, _) -> {
            throw new AssertionError("asked about nothing");
        });
        new Judging(refused, new JudgePanel(refused, List.of(deaf)), 5, Convention.OURS, Progress.SILENT)
                .run(SET, folder);
        Result result = Counting.of(refused, folder, "m", Json.object(), List.of(), new Bootstrap(0.95, 50, 1));
        assertThat(result.counts().blocked()).isEqualTo(40);
        assertThat(result.counts().judged()).isEqualTo(40);
        assertThat(result.figure("good").orElseThrow().value()).hasValue(0);
        assertThat(result.figure("good").orElseThrow().bounds()).isEmpty();
        assertThat(result.counts().withoutVerdict()).isEqualTo("40 blocked, which count by the benchmark's rule");
    }

    @Test
    void comparesRunsQuestionByQuestion() {
        run(folder.resolve("one"));
        run(folder.resolve("other"), 1, Small.MODEL, List.of(Small.judge(answering("good"))));
        UnitMerits one = UnitMerits.read(folder.resolve("one"));
        assertThat(one.names()).containsExactly("merit");
        RunComparison comparison = RunComparison.of(
                        one, UnitMerits.read(folder.resolve("other")), "merit", Slice.ALL, new Bootstrap(0.95, 200, 1))
                .orElseThrow();
        // 32 count in both, three only in the second; 17 of them are bad in the first and good in the second.
        assertThat(comparison.units()).isEqualTo(32);
        assertThat(comparison.apart()).isEqualTo(3);
        assertThat(comparison.difference()).isCloseTo(-17.0 / 32, within(1e-9));
        assertThat(comparison.signs().better()).isZero();
        assertThat(comparison.signs().worse()).isEqualTo(17);
        assertThat(comparison.ties()).isEqualTo(15);
        assertThat(comparison.signs().probability()).isCloseTo(Math.pow(2, -16), within(1e-12));
    }

    @Test
    void aSampleKeepsEveryCellsShareAndSaysHowSureItIs() {
        QuestionSet sample = Selection.stratified(SET, 12, 7);
        long rare = sample.items().stream()
                .filter(item -> item.cell().equals("rare"))
                .count();
        // 14 of 40 are rare: 12 * 14 / 40 = 4.2.
        assertThat(sample.items()).hasSize(12);
        assertThat(rare).isEqualTo(4);
        // 1.96 * sqrt(0.25 / 12 * 28 / 39) = 24.0 points.
        assertThat(sample.notes().getLast()).contains("12 of 40").contains("±24.0 points");
        assertThat(Selection.stratified(SET, 12, 7).items()).isEqualTo(sample.items());
        assertThat(Selection.stratified(SET, 12, 8).items()).isNotEqualTo(sample.items());
        assertThat(Selection.stratified(SET, 400, 7)).isEqualTo(SET);
        assertThat(Selection.first(SET, 3).items()).isEqualTo(SET.items().subList(0, 3));
    }

    @Test
    void aSampleTearsNoClusterApart() {
        // Ten records of four questions each.
        List<BenchmarkItem> items = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            items.add(SET.items().get(i).inCluster("record " + i / 4));
        }
        QuestionSet set = new QuestionSet(Path.of("."), List.of(), items, List.of());
        QuestionSet sample = Selection.stratified(set, 12, 7);
        Set<String> drawn = new HashSet<>();
        sample.items().forEach(item -> drawn.add(item.cluster()));
        assertThat(sample.items()).hasSize(4 * drawn.size()).hasSizeGreaterThanOrEqualTo(12);
        // As sure as that many records of ten make it: 98 * sqrt((10 - n) / (9 n)) points.
        double points = 97.9982 * Math.sqrt((10.0 - drawn.size()) / (9.0 * drawn.size()));
        assertThat(sample.notes().getLast()).contains(String.format(java.util.Locale.ROOT, "±%.1f points", points));
    }

    @Test
    void questionsOnOnePictureAreResampledTogether() {
        // Even questions are good, odd ones bad: two pictures with two questions each, on one of which both are good.
        List<BenchmarkItem> items = List.of(
                SET.items().get(0).inCluster("one.png"),
                SET.items().get(1).inCluster("two.png"),
                SET.items().get(2).inCluster("one.png"),
                SET.items().get(3).inCluster("two.png"));
        Small small = new Small(1);
        QuestionSet set = new QuestionSet(Path.of("."), List.of(), items, List.of());
        new Asking(small, Small.MODEL, SAMPLING, 6, false, Progress.SILENT).run(set, folder);
        new Judging(
                        small,
                        new JudgePanel(small, List.of(Small.judge(Small.JUDGE))),
                        5,
                        Convention.OURS,
                        Progress.SILENT)
                .run(set, folder);
        Result result = Counting.of(small, folder, "m", Json.object(), List.of(), new Bootstrap(0.6, 2000, 5));
        // Each picture twice has a chance of 1/4; four questions by themselves would give all or nothing once in 8.
        assertThat(result.figure("good").orElseThrow().value()).hasValue(50);
        assertThat(result.figure("good").orElseThrow().interval()).contains(new Interval(0, 100));
        assertThat(folder.resolve(UnitLine.FILE)).content().contains("\"cluster\":\"two.png\"");
    }

    @Test
    void protocolsThatDifferSayWhere() {
        Small small = new Small(1);
        var prompts = small.judgePrompts();
        var one = Protocol.of(
                small, SET, "as is", Json.object().put("max_tokens", 16), List.of("a"), prompts, Convention.OURS);
        var same = Protocol.of(
                small,
                Small.set(40),
                "as is",
                Json.object().put("max_tokens", 16),
                List.of("a"),
                prompts,
                Convention.OURS);
        var other = Protocol.of(
                small,
                Small.set(39),
                "as is",
                Json.object().put("max_tokens", 32),
                List.of("b"),
                prompts,
                Convention.OURS);
        assertThat(Protocol.differences(one, same)).isEmpty();
        List<String> differences = new ArrayList<>(Protocol.differences(one, other));
        assertThat(differences).hasSize(4);
        assertThat(differences.getFirst()).startsWith("data.questions: 40 against 39");
        assertThat(differences).anyMatch(it -> it.startsWith("decoding.max_tokens: 16 against 32"));
    }
}
