package org.espalier.bench.rsbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import org.espalier.bench.stats.Bootstrap;
import org.espalier.core.Arbiter;
import org.espalier.core.ChatModel;
import org.espalier.core.ChatModel.Reply;
import org.espalier.core.Demonstrations;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.Risk;
import org.espalier.core.Sampling;
import org.espalier.core.SsuiSample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RsBenchTest {
    private static final Function<String, List<String>> LINES =
            text -> text.lines().toList();
    private static final RsBench.Settings SETTINGS =
            new RsBench.Settings(2, Sampling.at(0.5, 32, 9), Demonstrations.NONE, "", 3, new Bootstrap(0.95, 200, 9));

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

    RsBenchTest() {
        for (int i = 0; i < 8; i++) {
            samples.add(
                    Paths.sample("q" + i, i % 2 == 0 ? Risk.UNSAFE : Risk.SAFE, i < 4 ? "seen" : "heldout-drawing"));
        }
    }

    private Results run(Path in, ChatModel model, Arbiter arbiter) {
        return new RsBench(model, LINES, arbiter, SETTINGS, Progress.SILENT).run(samples, in);
    }

    @Test
    void writesOneLineAPathInTheOrderOfTheData() {
        Results results = run(folder, MODEL, ARBITER);
        List<Answer> answers = new ArrayList<>();
        Recount.paths(folder).each(path -> answers.add(path.answer()));
        assertThat(answers).hasSize(16);
        assertThat(answers.get(3).asked()).isEqualTo(Asked.of(samples.get(1)));
        assertThat(answers.get(3).sample()).isEqualTo(1);
        assertThat(answers.get(3).steps()).containsExactly("I see q1", "sample 1 of 6");
        assertThat(answers.get(15).steps()).containsExactly("I see q7", "sample 1 of 4");
        assertThat(answers.get(5).steps()).containsExactly("");
        Counts counts = results.of(Slice.ALL).orElseThrow().counts();
        assertThat(counts.unanswered()).isEqualTo(1);
        assertThat(counts.unjudged()).isEqualTo(1);
        assertThat(counts.cutOff()).isEqualTo(1);
        assertThat(counts.judged()).isEqualTo(14);
    }

    @Test
    void everyFigureIsRecountedFromTheTwoFiles() {
        Results results = run(folder, MODEL, ARBITER);
        assertThat(Recount.of(folder, SETTINGS.bootstrap())).isEqualTo(results);
        assertThat(ResultsFile.read(folder.resolve(ResultsFile.NAME))).isEqualTo(results);
    }

    @Test
    void goesOnFromAnyLineAndEndsInTheSameBytes() throws IOException {
        Path whole = folder.resolve("whole");
        run(whole, MODEL, ARBITER);
        String answers = Files.readString(whole.resolve(AnswerFile.NAME));
        String judgements = Files.readString(whole.resolve(JudgementFile.NAME));
        for (int line = 0; line <= 16; line++) {
            // A group (6, 6, 4 paths) is judged before the next is asked, so judgements may lag by one group only.
            int groups = line == 16 ? 3 : line / 6;
            int judged = Math.min(line, 6 * groups);
            for (int behind : new int[] {0, Math.min(judged, 4)}) {
                Path part = Files.createDirectories(folder.resolve("part" + line + "-" + behind));
                int torn = behind == 0 ? 0 : 9;
                Files.writeString(part.resolve(AnswerFile.NAME), beginning(answers, line, torn));
                Files.writeString(part.resolve(JudgementFile.NAME), beginning(judgements, judged - behind, torn));
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
        for (String name : List.of(AnswerFile.NAME, JudgementFile.NAME, ResultsFile.NAME)) {
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
        samples.set(2, Paths.sample("another", Risk.UNSAFE, "seen"));
        assertThatThrownBy(() -> run(folder, MODEL, ARBITER))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 5")
                .hasMessageContaining("q2");
    }

    @Test
    void saysWhichLineIsBroken() throws IOException {
        run(folder, MODEL, ARBITER);
        Path file = folder.resolve(JudgementFile.NAME);
        Files.writeString(file, Files.readString(file).replaceFirst("\"safe\":(true|false)", "\"safe\":7"));
        assertThatThrownBy(() -> RunCounts.of(Recount.paths(folder)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 1")
                .hasMessageContaining("safe");
    }

    @Test
    void refusesFilesThatDoNotBelongTogether() throws IOException {
        run(folder, MODEL, ARBITER);
        Path file = folder.resolve(JudgementFile.NAME);
        Files.writeString(file, Files.readString(file).replace("\"q3\"", "\"q9\""));
        assertThatThrownBy(() -> RunCounts.of(Recount.paths(folder)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 7");
        Files.writeString(file, "");
        assertThatThrownBy(() -> RunCounts.of(Recount.paths(folder)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("16 answers");
    }

    @Test
    void refusesAnAnswerThatStandsThereTwice() throws IOException {
        run(folder, MODEL, ARBITER);
        for (String name : List.of(AnswerFile.NAME, JudgementFile.NAME)) {
            Path file = folder.resolve(name);
            Files.writeString(file, Files.readString(file) + beginning(Files.readString(file), 1, 0));
        }
        assertThatThrownBy(() -> RunCounts.of(Recount.paths(folder)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 17")
                .hasMessageContaining("q0");
    }

    @Test
    void keepsTheAnswersOfAnotherRunAsTheyAre() throws IOException {
        run(folder, MODEL, ARBITER);
        Path file = folder.resolve(AnswerFile.NAME);
        String before = beginning(Files.readString(file), 10, 0);
        Files.writeString(file, before);
        samples.set(0, Paths.sample("another", Risk.UNSAFE, "seen"));
        assertThatThrownBy(() -> run(folder, MODEL, ARBITER)).isInstanceOf(InputException.class);
        assertThat(file).hasContent(before);
    }
}
