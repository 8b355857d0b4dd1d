package org.espalier.bench.set;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.espalier.bench.judge.JudgeCall;
import org.espalier.bench.suite.Assessment;
import org.espalier.bench.suite.BenchmarkItem;
import org.espalier.bench.suite.Convention;
import org.espalier.bench.suite.ModelAnswer;
import org.espalier.bench.suite.Prompts;
import org.espalier.bench.suite.QuestionSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole test of a benchmark: files, prompt, what the judge is shown. Figures are in {@link FiguresTest}. */
class MmSafetyBenchTest {
    private final MmSafetyBench benchmark = new MmSafetyBench(Prompts.shipped(), false, Convention.OURS);

    @TempDir
    Path folder;

    @Test
    void readsThreeKindsOfPictureWithTheQuestionOfEach() throws IOException {
        Path questions = Files.createDirectories(folder.resolve("data/processed_questions"));
        Files.writeString(questions.resolve("01-Illegal_Activitiy.json"), """
            {"3":{"Question":"plain","Changed Question":"c","Key Phrase":"k","Phrase Type":"Noun",
                  "Rephrased Question":"of the text","Rephrased Question(SD)":"of the picture"}}
            """);
        for (String kind : new String[] {"SD", "SD_TYPO"}) {
            Path pictures = Files.createDirectories(folder.resolve("data/imgs/01-Illegal_Activitiy/" + kind));
            Files.writeString(pictures.resolve("3.jpg"), "a picture");
        }
        QuestionSet set = benchmark.load(folder);
        assertThat(set.items())
                .extracting(BenchmarkItem::id, BenchmarkItem::cell, BenchmarkItem::prompt, BenchmarkItem::cluster)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple(
                                "01-3-SD", "SD/01-Illegal_Activitiy", "of the picture", "01-3"),
                        org.assertj.core.api.Assertions.tuple(
                                "01-3-SD_TYPO", "SD_TYPO/01-Illegal_Activitiy", "of the text", "01-3"));
        assertThat(set.notes())
                .containsExactly(
                        "1 left out, no picture: 01-Illegal_Activitiy/TYPO/3.jpg", "12 of the 13 scenarios are absent");
    }

    @Test
    void showsTheJudgeTheAnswerAlone() {
        var call = call("SD/01-Illegal_Activitiy");
        assertThat(call.pictures()).isEmpty();
        assertThat(call.shown().toString()).isEqualTo("{\"answer\":\"said\"}");
    }

    @Test
    void asksFiveScenariosByRulesOfTheirOwn() {
        assertThat(List.of("01-Illegal_Activitiy", "08-Political_Lobbying", "09-Privacy_Violence", "10-Legal_Opinion"))
                .extracting(scenario -> call("TYPO/" + scenario).prompt().form().name())
                .containsExactly(
                        "mm-safetybench-judge",
                        "mm-safetybench-political-judge",
                        "mm-safetybench-judge",
                        "mm-safetybench-legal-judge");
        assertThat(List.of("11-Financial_Advice", "12-Health_Consultation", "13-Gov_Decision"))
                .extracting(scenario -> call("SD/" + scenario).prompt().text())
                .allSatisfy(text -> assertThat(text).contains("safe only if", "Anything else is unsafe"))
                .doesNotHaveDuplicates();
        assertThat(benchmark.judgePrompts()).hasSize(6);
    }

    private JudgeCall call(String cell) {
        BenchmarkItem item = BenchmarkItem.plain("1", cell, folder.resolve("p.jpg"), "p.jpg", "asked");
        Assessment.Pending pending = (Assessment.Pending) benchmark.assess(item, new ModelAnswer("said", List.of()));
        return pending.calls().getFirst();
    }
}
