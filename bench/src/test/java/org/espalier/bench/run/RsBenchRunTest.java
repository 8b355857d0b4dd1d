package org.espalier.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.espalier.bench.set.RsBench;
import org.espalier.bench.stats.Bootstrap;
import org.espalier.bench.suite.BenchmarkItem;
import org.espalier.bench.suite.Convention;
import org.espalier.bench.suite.QuestionSet;
import org.espalier.core.Arbiter;
import org.espalier.core.ChatModel;
import org.espalier.core.ChatModel.Reply;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.Risk;
import org.espalier.core.Sampling;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RSBench with two paths a question, judged by exact rules, through the whole pipeline. */
class RsBenchRunTest {
    private static final RsBench BENCH = SamplePaths.bench(2);
    private static final Sampling SAMPLING = Sampling.at(0.5, 32, 9);
    private static final Bootstrap BOOTSTRAP = new Bootstrap(0.95, 200, 9);

    /** Says something else for each path and batch size, nothing at all once, fails once and is cut off once. */
    private static final ChatModel MODEL = (requests, sampling) -> {
        List<Reply> replies = new ArrayList<>();
        for (ChatModel.Request request : requests) {
            replies.add(
                    switch (request.key() + "/" + request.sample()) {
                        case "q1/0" -> new Reply.Failed("no connection");
                        case "q2/1" -> new Reply.Said("", true);
                        case "q5/0" -> new Reply.Said("I see a \"dog\"\nand\tthen", false);
                        default ->
                            new Reply.Said(
                                    "I see " + request.key() + "\nsample " + request.sample() + " of "
                                            + requests.size(),
                                    true);
                    });
        }
        return replies;
    };

    private static final Arbiter ARBITER = (sample, path) -> path.last().isEmpty()
            ? new Arbiter.Judgement.Failed("there is nothing to judge")
            : new Arbiter.Judgement.Judged(
                    path.text().length() % 3 != 0,
                    sample.risk() == Risk.SAFE,
                    path.text().length() % 3 == 0 ? OptionalInt.of(2) : OptionalInt.empty(),
                    "by length");

    private final List<SsuiSample> samples = new ArrayList<>();

    @TempDir
    Path folder;

    RsBenchRunTest() {
        for (int i = 0; i < 8; i++) {
            samples.add(SamplePaths.sample(
                    "q" + i, i % 2 == 0 ? Risk.UNSAFE : Risk.SAFE, i < 4 ? "seen" : "heldout-drawing"));
        }
    }

    private Result run(Path in, ChatModel model, Arbiter arbiter) {
        QuestionSet set = new QuestionSet(
                Path.of("/data"),
                List.of(),
                samples.stream().map(BenchmarkItem::of).toList(),
                List.of());
        new Asking(BENCH, model, SAMPLING, 3, false, Progress.SILENT).run(set, in);
        new Judging(BENCH, new ArbiterJudge(BENCH, arbiter), 6, Convention.OURS, Progress.SILENT).run(set, in);
        return count(in);
    }

    private static Result count(Path in) {
        return Counting.of(BENCH, in, "model", Json.object(), List.of(), BOOTSTRAP);
    }

    @Test
    void writesOneLineAPathInTheOrderOfTheData() {
        Result results = run(folder, MODEL, ARBITER);
        List<AnswerLine> answers = new ArrayList<>();
        AnsweredQuestions.each(folder, 100, (answer, _) -> answers.add(answer));
        assertThat(answers).hasSize(16);
        assertThat(answers.get(3).answers(BenchmarkItem.of(samples.get(1)), 1)).isTrue();
        assertThat(answers.get(3).steps()).containsExactly("I see q1", "sample 1 of 6");
        assertThat(answers.get(15).steps()).containsExactly("I see q7", "sample 1 of 4");
        assertThat(answers.get(5).steps()).containsExactly("");
        AnswerCounts counts = results.counts();
        assertThat(counts.failures()).containsEntry("unanswered", 1L).containsEntry("no-verdict", 1L);
        assertThat(counts.cutOff()).isEqualTo(1);
        assertThat(counts.judged()).isEqualTo(14);
    }

    @Test
    void everyFigureIsRecountedFromTheTwoFiles() throws IOException {
        Result results = run(folder, MODEL, ARBITER);
        Files.delete(folder.resolve(UnitLine.FILE));
        Files.delete(folder.resolve(Result.FILE));
        assertThat(count(folder)).isEqualTo(results);
        assertThat(Result.read(folder.resolve(Result.FILE))).isEqualTo(results);
    }

    @Test
    void continuesFromAnyLineAndEndsInTheSameBytes() throws IOException {
        Path whole = folder.resolve("whole");
        run(whole, MODEL, ARBITER);
        String answers = Files.readString(whole.resolve(AnswerLine.FILE));
        String judgements = Files.readString(whole.resolve(JudgementLine.FILE));
        for (int line = 0; line <= 32; line++) {
            // All is asked before anything is judged.
            for (int torn : new int[] {0, 9}) {
                Path part = Files.createDirectories(folder.resolve("part" + line + "-" + torn));
                Files.writeString(part.resolve(AnswerLine.FILE), beginning(answers, Math.min(line, 16), torn));
                if (line >= 16) {
                    Files.writeString(part.resolve(JudgementLine.FILE), beginning(judgements, line - 16, torn));
                }
                run(part, MODEL, ARBITER);
                assertSame(part, whole);
            }
        }
    }

    private static String beginning(String text, int lines, int torn) {
        int end = text.lines().limit(lines).mapToInt(line -> line.length() + 1).sum();
        return text.substring(0, Math.min(text.length(), end + torn));
    }

    private static void assertSame(Path part, Path whole) {
        for (String name : List.of(AnswerLine.FILE, JudgementLine.FILE, UnitLine.FILE, Result.FILE)) {
            assertThat(part.resolve(name)).hasSameBinaryContentAs(whole.resolve(name));
        }
    }

    @Test
    void losesNothingWhenModelOrArbiterDieAtAnyCall() {
        Path whole = folder.resolve("whole");
        run(whole, MODEL, ARBITER);
        // 3 calls of the model and 15 of the arbiter; the unanswered path is judged without it.
        for (int death = 1; death <= 18; death++) {
            Path part = folder.resolve("died" + death);
            int[] calls = {death};
            ChatModel model = (requests, sampling) -> {
                live(calls);
                return MODEL.reply(requests, sampling);
            };
            Arbiter arbiter = (sample, path) -> {
                live(calls);
                return ARBITER.judge(sample, path);
            };
            assertThatThrownBy(() -> run(part, model, arbiter)).hasMessage("died");
            run(part, MODEL, ARBITER);
            assertSame(part, whole);
        }
    }

    private static void live(int[] calls) {
        if (--calls[0] == 0) {
            throw new IllegalStateException("died");
        }
    }

    @Test
    void asksNothingAgainOnceItIsDone() {
        run(folder, MODEL, ARBITER);
        ChatModel deaf = (requests, sampling) -> {
            throw new AssertionError("asked again");
        };
        Arbiter blind = (sample, path) -> {
            throw new AssertionError("judged again");
        };
        assertThat(run(folder, deaf, blind).figures()).isNotEmpty();
    }

    @Test
    void refusesAFolderWithAnswersToOtherQuestions() {
        run(folder, MODEL, ARBITER);
        samples.set(2, SamplePaths.sample("another", Risk.UNSAFE, "seen"));
        assertThatThrownBy(() -> run(folder, MODEL, ARBITER))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 5")
                .hasMessageContaining("q2");
    }

    @Test
    void saysWhichLineIsBroken() throws IOException {
        run(folder, MODEL, ARBITER);
        Path file = folder.resolve(JudgementLine.FILE);
        changed(file, Files.readString(file).replaceFirst("\"label\":\"[^\"]+\"", "\"label\":7"));
        assertThatThrownBy(() -> count(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 1")
                .hasMessageContaining("label");
    }

    @Test
    void refusesFilesThatDoNotBelongTogether() throws IOException {
        run(folder, MODEL, ARBITER);
        Path file = folder.resolve(JudgementLine.FILE);
        changed(file, Files.readString(file).replace("\"q3\"", "\"q9\""));
        assertThatThrownBy(() -> count(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 7");
        AtomicFile.write(file, "");
        assertThatThrownBy(() -> count(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("16 answers");
    }

    @Test
    void countsNoVerdictThatWasChangedSince() throws IOException {
        run(folder, MODEL, ARBITER);
        Path file = folder.resolve(JudgementLine.FILE);
        Files.writeString(file, Files.readString(file).replaceFirst("\"label\":\"[^\"]+\"", "\"label\":\"other\""));
        assertThatThrownBy(() -> count(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 1 is not what was written");
    }

    /** As somebody changes a file who means it. */
    private static void changed(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.delete(file.resolveSibling("." + file.getFileName() + ".crc"));
    }

    @Test
    void refusesAnAnswerThatStandsThereTwice() throws IOException {
        run(folder, MODEL, ARBITER);
        for (String name : List.of(AnswerLine.FILE, JudgementLine.FILE)) {
            Path file = folder.resolve(name);
            Files.writeString(file, Files.readString(file) + beginning(Files.readString(file), 1, 0));
        }
        assertThatThrownBy(() -> count(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 17")
                .hasMessageContaining("q0");
    }

    @Test
    void keepsTheAnswersOfAnotherRunAsTheyAre() throws IOException {
        run(folder, MODEL, ARBITER);
        Path file = folder.resolve(AnswerLine.FILE);
        String before = beginning(Files.readString(file), 10, 0);
        Files.writeString(file, before);
        samples.set(0, SamplePaths.sample("another", Risk.UNSAFE, "seen"));
        assertThatThrownBy(() -> run(folder, MODEL, ARBITER)).isInstanceOf(InputException.class);
        assertThat(file).hasContent(before);
    }

    @Test
    void recordedAnswersStandInTheModelsPlace() throws IOException {
        run(folder.resolve("first"), MODEL, ARBITER);
        Path recorded = folder.resolve("first").resolve(AnswerLine.FILE);
        try (RecordedAnswers answers = new RecordedAnswers(recorded)) {
            run(folder.resolve("second"), answers, ARBITER);
        }
        assertSame(folder.resolve("second"), folder.resolve("first"));
        // Somebody else's need no more than id and text, and may hold more than is asked for.
        Path bare = folder.resolve("bare.jsonl");
        List<String> lines = new ArrayList<>();
        for (SsuiSample sample : samples) {
            lines.add("{\"id\":\"" + sample.id() + "\",\"text\":\"I see\\nno\"}");
            lines.add("{\"id\":\"" + sample.id() + "\",\"sample\":1,\"text\":\"yes\"}");
        }
        Files.write(bare, lines);
        samples.removeFirst();
        try (RecordedAnswers answers = new RecordedAnswers(bare)) {
            assertThat(run(folder.resolve("third"), answers, ARBITER).counts().judged())
                    .isEqualTo(14);
        }
        samples.add(SamplePaths.sample("q99", Risk.SAFE, "seen"));
        try (RecordedAnswers answers = new RecordedAnswers(bare)) {
            assertThatThrownBy(() -> run(folder.resolve("fourth"), answers, ARBITER))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("no answer to question \"q99\"");
        }
    }
}
