package org.espalier.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.espalier.bench.judge.JudgeModel;
import org.espalier.bench.stats.Bootstrap;
import org.espalier.bench.suite.QuestionSet;
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
        new Asking(model, SAMPLING, samples, 6, Progress.SILENT).run(SET, to);
        new Judging(new JudgePanel(small, judges), samples, 5, Progress.SILENT).run(SET, to);
        Result result = Scoring.of(small, SET, samples, to, "model", Json.object(), new Bootstrap(0.95, 200, 1));
        ResultFile.write(to.resolve(Result.FILE), result);
        return result;
    }

    private static Result run(Path to) {
        return run(to, 1, Small.MODEL, List.of(Small.judge(Small.JUDGE)));
    }

    @Test
    void countsWhatHasNoVerdictApartFromEveryRate() {
        Result result = run(folder);
        // 40 questions: 5 unanswered (6, 13, ... 34); of the others 10, 21, 32 without a verdict (n % 11 == 10).
        Tallied tallied = result.tallied();
        assertThat(tallied.answers()).isEqualTo(40);
        assertThat(tallied.mishaps())
                .containsEntry("unanswered", 5L)
                .containsEntry("no-verdict", 3L)
                .hasSize(2);
        assertThat(tallied.judged()).isEqualTo(32);
        assertThat(tallied.scored()).isEqualTo(32);
        assertThat(tallied.failures()).isEqualTo("3 no-verdict, 5 unanswered");
        // Cut off: 4, 9, ..., 39 are eight, of which 34 failed.
        assertThat(tallied.cutOff()).isEqualTo(7);
        // Good are the even ones: 20, less 6, 20, 34 unanswered and 10, 32 without a verdict.
        assertThat(result.figure("good").orElseThrow().value().getAsDouble()).isCloseTo(100.0 * 15 / 32, within(1e-9));
        assertThat(ResultFile.read(folder.resolve(Result.FILE))).isEqualTo(result);
    }

    @Test
    void goesOnFromEveryPlaceItCanBeCutAt() throws IOException {
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
        assertThat(run(folder, 1, deaf, List.of(Small.judge(deaf))).tallied().judged())
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
        assertThat(result.tallied().judged()).isEqualTo(35);
        LabelComparison comparison = LabelComparison.of(
                folder.resolve("first").resolve(JudgementLine.FILE), second.resolve(JudgementLine.FILE));
        assertThat(comparison.labels().count("good", "bad")).isEqualTo(15);
        assertThat(comparison.labels().count("bad", "bad")).isEqualTo(17);
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
        assertThat(result.tallied().mishaps()).containsEntry("split-vote", 3L);
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
        assertThat(result.tallied().judged()).isZero();
        assertThat(result.tallied().mishaps()).containsEntry("judge-silent", 35L);
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
        assertThat(result.tallied().mishaps()).containsEntry("unanswered", 6L);
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
        new Asking(Small.MODEL, SAMPLING, 1, 6, Progress.SILENT).run(SET, folder);
        Path file = folder.resolve("people.jsonl");
        Files.writeString(file, "{\"id\":\"q0\",\"label\":\"good\"}\n{\"id\":\"q1\",\"sample\":0,\"label\":\"bad\"}\n");
        new Judging(new ImportedVerdicts(small, file), 1, 5, Progress.SILENT).run(SET, folder);
        Result result = Scoring.of(small, SET, 1, folder, "m", Json.object(), new Bootstrap(0.95, 50, 1));
        assertThat(result.figure("good").orElseThrow().value().getAsDouble()).isEqualTo(50);
        assertThat(result.tallied().mishaps()).containsEntry("not-imported", 33L);

        Files.writeString(file, "{\"id\":\"q0\",\"label\":\"fine\"}\n");
        Files.delete(folder.resolve(JudgementLine.FILE));
        assertThatThrownBy(() -> new Judging(new ImportedVerdicts(small, file), 1, 5, Progress.SILENT).run(SET, folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 1")
                .hasMessageContaining("\"fine\" is no label");
    }

    @Test
    void comparesRunsQuestionByQuestion() {
        run(folder.resolve("one"));
        run(folder.resolve("other"), 1, Small.MODEL, List.of(Small.judge(answering("good"))));
        RunComparison.Merits[] merits = {new RunComparison.Merits(), new RunComparison.Merits()};
        List<String> names = List.of("one", "other");
        for (int i = 0; i < 2; i++) {
            RunComparison.Merits into = merits[i];
            UnitLine.each(folder.resolve(names.get(i)), unit -> {
                if (unit.outcome().isPresent()) {
                    into.add(unit.unit(), unit.merit());
                }
            });
        }
        RunComparison comparison = RunComparison.of(merits[0], merits[1], new Bootstrap(0.95, 200, 1))
                .orElseThrow();
        // 32 count in both, three only in the second; 17 of them are bad in the first and good in the second.
        assertThat(comparison.units()).isEqualTo(32);
        assertThat(comparison.apart()).isEqualTo(3);
        assertThat(comparison.difference()).isCloseTo(-100.0 * 17 / 32, within(1e-6));
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
    void protocolsThatDifferSayWhere() {
        var one = Protocol.of(new Small(1), SET, 1, "as is", Json.object().put("max_tokens", 16), List.of("a"));
        var same = Protocol.of(
                new Small(1), Small.set(40), 1, "as is", Json.object().put("max_tokens", 16), List.of("a"));
        var other = Protocol.of(
                new Small(1), Small.set(39), 1, "as is", Json.object().put("max_tokens", 32), List.of("b"));
        assertThat(Protocol.differences(one, same)).isEmpty();
        List<String> differences = new ArrayList<>(Protocol.differences(one, other));
        assertThat(differences).hasSize(4);
        assertThat(differences.getFirst()).startsWith("data.questions: 40 against 39");
        assertThat(differences).anyMatch(it -> it.startsWith("decoding.max_tokens: 16 against 32"));
    }
}
