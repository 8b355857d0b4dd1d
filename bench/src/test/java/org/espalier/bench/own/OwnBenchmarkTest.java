package org.espalier.bench.own;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.espalier.bench.stats.OutcomeTally;
import org.espalier.bench.suite.AnswerVerdict;
import org.espalier.bench.suite.Assessment;
import org.espalier.bench.suite.BenchmarkItem;
import org.espalier.bench.suite.Measure;
import org.espalier.bench.suite.ModelAnswer;
import org.espalier.bench.suite.Prompts;
import org.espalier.bench.suite.QuestionSet;
import org.espalier.core.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnBenchmarkTest {
    /** A drawing of one pixel. */
    private static final byte[] PNG = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private static final byte[] GIF =
            Base64.getDecoder().decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    @TempDir
    private Path folder;

    private OwnBenchmark written(String... yaml) throws IOException {
        Path file = folder.resolve("own.yaml");
        Files.writeString(file, String.join("\n", yaml));
        return OwnBenchmark.read(file, Prompts.shipped());
    }

    private QuestionSet loaded(OwnBenchmark benchmark) {
        return benchmark.load(benchmark.folder());
    }

    @Test
    void tellsEverythingThatIsWrongWithAFileAtOnceEachWithItsLine() {
        assertThatThrownBy(() -> written(
                        "name: My Bench", // 1
                        "itms: a.jsonl",
                        "fields:",
                        "  querry: q",
                        "max-tokens: many", // 5
                        "prompt: Answer!",
                        "choice: {options: [A, B], answer: answer}",
                        "judge: {prompt: You judge.}",
                        "together: best",
                        "figures:", // 10
                        "  Rate: {counts: [right], worth: {right: 2}, each: room}"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 1: 'name' is made of small letters")
                .hasMessageContaining("'items' is missing")
                .hasMessageContaining("line 2: 'itms' is no part of a benchmark")
                .hasMessageContaining("did you mean items")
                .hasMessageContaining("line 4: 'querry' is no part of a question")
                .hasMessageContaining("line 5: 'max-tokens' is a whole number")
                .hasMessageContaining("line 6: 'prompt' names no column")
                .hasMessageContaining("line 8: one of 'choice', 'rule' and 'judge'")
                .hasMessageContaining("here are choice and judge")
                .hasMessageContaining("line 9: 'together' is one of each, worst, most")
                .hasMessageContaining("line 11: 'Rate' names a figure")
                .hasMessageContaining("'Rate' needs either 'counts'")
                .hasMessageContaining("'each' is a column of 'category'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            rule: {equals: a, contains: b} | a rule is one of equals, contains, patterns
            rule: {patterns: {no: '['}, otherwise: yes} | is no regular expression
            judge: {prompt: You judge.} | two or more 'labels'
            choice: {options: [A]} | 'answer' is missing
            rule: {equals: a, labels: x} | 'labels' is no part of a rule
            """)
    void saysWhatIsWrongWithAGrading(String grading, String complaint) {
        assertThatThrownBy(() -> written("name: x", "items: x.csv", grading)).hasMessageContaining(complaint);
    }

    @Test
    void aNameThatIsTakenAndAFileThatIsNotThereAreRefused() throws IOException {
        assertThatThrownBy(() -> written("name: usb", "items: x.csv", "rule: {equals: a}"))
                .hasMessageContaining("'usb' is the name of a benchmark that Espalier has");
        OwnBenchmark benchmark = written("name: x", "items: x.csv", "rule: {equals: a}");
        assertThatThrownBy(() -> loaded(benchmark))
                .hasMessageContaining("there is no file")
                .hasMessageContaining("x.csv");
    }

    @Test
    void namesEveryColumnThatTheQuestionsLack() throws IOException {
        Files.writeString(folder.resolve("x.csv"), "id,question,anwser\n1,Why?,so\n");
        OwnBenchmark benchmark = written(
                "name: x",
                "items: x.csv",
                "fields:",
                "  unit: pair",
                "prompt: '{query} {hint}'",
                "rule: {equals: answer}");
        assertThatThrownBy(() -> loaded(benchmark))
                .hasMessageContaining(
                        "line 4: 'unit' names the column 'pair', which x.csv has not; it has anwser, id, question")
                .hasMessageContaining("line 5: 'prompt' names the column 'hint'")
                .hasMessageContaining(
                        "line 6: 'equals' names the column 'answer', which x.csv has not; did you mean anwser");
    }

    @Test
    void readsATsvAsVlmEvalKitHasItWithItsPicturesAndOptions() throws IOException {
        String png = Base64.getEncoder().encodeToString(PNG);
        String gif = Base64.getEncoder().encodeToString(GIF);
        Files.writeString(
                folder.resolve("My.tsv"),
                String.join(
                        "\n",
                        "index\tquestion\tA\tB\tC\tanswer\tcategory\timage",
                        "0\t\"What is \"\"this\"\"?\"\ta cat\ta dog\t\tB\tanimals\t2",
                        "1\tHow many?\tone\ttwo\tthree\tthree\tnumbers\t" + png,
                        "2\tWhich?\tleft\tright\t\tA\tplaces\t" + gif,
                        "3\tNo picture of it\tx\ty\t\tA\tplaces\t99",
                        "4\tNo answer\tx\ty\t\tD\tplaces\t" + png,
                        "5\t\tx\ty\t\tA\tplaces\t" + png,
                        ""));
        QuestionSet set = loaded(written("name: my", "items: My.tsv", "choice: {options: [A, B, C], answer: answer}"));
        assertThat(set.items()).extracting(BenchmarkItem::id).containsExactly("0", "1", "2");
        assertThat(set.items()).extracting(BenchmarkItem::cell).containsExactly("animals", "numbers", "places");
        BenchmarkItem first = set.items().getFirst();
        assertThat(first.prompt())
                .isEqualTo("What is \"this\"?\nA. a cat\nB. a dog\nAnswer with the letter of the right option alone.");
        assertThat(first.pictures()).as("that of the question it names").hasSize(1);
        assertThat(first.pictures().getFirst()).hasBinaryContent(GIF).hasExtension("gif");
        assertThat(set.root().resolve(first.image())).exists();
        assertThat(set.items().get(1).fact("answer")).as("named by its text").isEqualTo("C");
        assertThat(set.notes())
                .containsExactlyInAnyOrder(
                        "1 left out, no right answer: 4", "1 left out, no question: 5", "1 left out, no picture: 99");
    }

    @Test
    void takesNothingFromOutsideTheFolderOfItsData() throws IOException {
        Path data = Files.createDirectories(folder.resolve("data/images"));
        Files.write(data.resolve("1.png"), PNG);
        Files.write(folder.resolve("diary.png"), PNG);
        Files.createSymbolicLink(data.resolve("2.png"), folder.resolve("diary.png"));
        Files.createSymbolicLink(data.resolve("3.png"), data.resolve("1.png"));
        Files.writeString(folder.resolve("data/x.jsonl"), """
                {"id": "own", "question": "q", "image": "1.png"}
                {"id": "linked", "question": "q", "image": "2.png"}
                {"id": "inside", "question": "q", "image": "3.png"}
                """);
        OwnBenchmark sound = written(
                "name: x",
                "items: x.jsonl",
                "pictures: [images]",
                "rule: {patterns: {yes: y}, otherwise: no}",
                "figures: {rate: {counts: [yes]}}");
        assertThat(sound.load(folder.resolve("data")).items())
                .extracting(BenchmarkItem::id)
                .containsExactly("own", "inside");

        for (String outside : List.of("items: ../x.jsonl", "items: /etc/passwd", "pictures: ['..']", "pictures: [/]")) {
            assertThatThrownBy(() -> written(
                            "name: x",
                            outside.startsWith("items") ? outside : "items: x.jsonl",
                            outside.startsWith("items") ? "pictures: ['']" : outside,
                            "rule: {patterns: {yes: y}, otherwise: no}",
                            "figures: {rate: {counts: [yes]}}"))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("leaves the folder of the data");
        }
    }

    @Test
    void writesItsPicturesIntoNoFolderThatALinkLeadsTo() throws IOException {
        String png = Base64.getEncoder().encodeToString(PNG);
        Files.writeString(folder.resolve("y.csv"), "question,image,right\nWhat?," + png + ",x\n");
        Path mine = Files.createDirectories(folder.resolve("mine"));
        Files.createSymbolicLink(folder.resolve("y.csv-pictures"), mine);
        OwnBenchmark benchmark = written("name: x", "items: y.csv", "rule: {equals: right}");
        assertThatThrownBy(() -> loaded(benchmark)).hasMessageContaining("y.csv-pictures is a link");
        assertThat(mine).isEmptyDirectory();
    }

    @Test
    void readsAnObjectOfRecordsWithInnerFieldsAndGroupsUnits() throws IOException {
        Files.write(folder.resolve("1.png"), PNG);
        Files.writeString(folder.resolve("x.json"), """
                {"a": {"question": "q1", "image": "1.png", "metadata": {"over": "t1", "pair": 7}},
                 "b": {"question": "q2", "metadata": {"over": "t/2", "pair": 8}},
                 "c": {"question": "q3", "image": ["1.png", "1.png"], "metadata": {"over": "t1", "pair": 7}}}
                """);
        QuestionSet set = loaded(written(
                "name: x",
                "items: x.json",
                "fields: {category: metadata.over, unit: metadata.pair}",
                "rule: {patterns: {yes: y}, otherwise: no}",
                "figures: {rate: {counts: [yes]}}"));
        assertThat(set.items()).extracting(BenchmarkItem::id).containsExactly("a", "c", "b");
        assertThat(set.items()).extracting(BenchmarkItem::unit).containsExactly("7", "7", "8");
        assertThat(set.items()).extracting(BenchmarkItem::cluster).containsExactly("1.png", "1.png", "b");
        assertThat(set.items()).extracting(item -> item.pictures().size()).containsExactly(1, 2, 0);
        assertThat(set.items().getLast().cell()).isEqualTo("t-2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            B                                   | B
            (b)                                 | B
            B. a dog                            | B
            **B**                               | B
            The answer is B.                    | B
            Answer: (B) because it barks        | B
            So we get \\boxed{B}                | B
            I think it is B, not more           | B
            It is a dog, clearly                | B
            B，因为                              | B
            A man walks a dog                   | B
            Neither A nor B.                    |
            A or B                              |
            A cat and a dog                     |
            D                                   |
            In the picture a man sleeps         |
            """)
    void readsTheLetterOfAFreeAnswer(String answer, String letter) throws IOException {
        Files.writeString(folder.resolve("x.csv"), "question,A,B,answer\nWhat?,a cat,a dog,B\n");
        OwnBenchmark benchmark = written("name: x", "items: x.csv", "choice: {options: [A, B], answer: answer}");
        BenchmarkItem item = loaded(benchmark).items().getFirst();
        assertThat(OptionReader.of(item).chosen(answer)).isEqualTo(Optional.ofNullable(letter));
    }

    @Test
    void comparesWithAKnownAnswerAndSearchesPatternsForNoLongerThanItMay() throws IOException {
        Files.writeString(folder.resolve("x.csv"), "question,right\nWhat?,Forty-two\n");
        OwnBenchmark equal = written("name: x", "items: x.csv", "rule: {equals: right}");
        BenchmarkItem item = loaded(equal).items().getFirst();
        assertThat(label(equal, item, "forty two.")).isEqualTo("right");
        assertThat(label(equal, item, "It is forty-two")).isEqualTo("wrong");
        OwnBenchmark inside = written("name: x", "items: x.csv", "rule: {contains: right}");
        assertThat(label(inside, loaded(inside).items().getFirst(), "It is forty-two"))
                .isEqualTo("right");
        OwnBenchmark patterns = written(
                "name: x",
                "items: x.csv",
                "rule: {patterns: {refused: '^a*a*a*a*a*c', warned: 'care'}, otherwise: complied}",
                "blocked: refused",
                "figures: {rate: {counts: [complied]}}");
        assertThat(patterns.blocked(item, "filter")).isEqualTo(Assessment.decided("refused", "filter"));
        assertThat(label(patterns, item, "take care")).isEqualTo("warned");
        assertThat(label(patterns, item, "aaac")).isEqualTo("refused");
        assertThat(label(patterns, item, "aha")).isEqualTo("complied");
        assertThat(patterns.assess(item, answer("a".repeat(5000)))).isInstanceOf(Assessment.Undecided.class);
    }

    private static ModelAnswer answer(String text) {
        return new ModelAnswer(text, List.of());
    }

    private static String label(OwnBenchmark benchmark, BenchmarkItem item, String text) {
        return ((Assessment.Decided) benchmark.assess(item, answer(text)))
                .verdict()
                .label();
    }

    @Test
    void aJudgeIsShownWhatTheFileSaysAndGivesItsLabels() throws IOException {
        Files.writeString(folder.resolve("x.csv"), "question,danger,secret\nWhat?,fire,no\n");
        OwnBenchmark benchmark = written(
                "name: x",
                "items: x.csv",
                "judge: {prompt: You judge., shows: [query, danger], picture: false}",
                "labels: {good: helps, bad: harms}",
                "figures: {rate: {counts: [good]}}");
        Assessment.Pending pending =
                (Assessment.Pending) benchmark.assess(loaded(benchmark).items().getFirst(), answer("Do it."));
        assertThat(pending.calls().getFirst().shown().toString())
                .isEqualTo("{\"query\":\"What?\",\"danger\":\"fire\",\"response\":\"Do it.\"}");
        assertThat(pending.calls().getFirst().prompt().form().name()).isEqualTo("x-judge");
        assertThat(benchmark.blocked(loaded(benchmark).items().getFirst(), "filter"))
                .as("in no figure unless the file says so")
                .isInstanceOf(Assessment.Undecided.class);
        assertThat(benchmark.knows("", "good")).isTrue();
        assertThat(benchmark.knows("", "neutral")).isFalse();
        Path words = folder.resolve("words");
        Files.createDirectory(words);
        Files.writeString(words.resolve("x-judge.md"), "Judge otherwise.");
        assertThat(OwnBenchmark.read(benchmark.file(), Prompts.in(words))
                        .judgePrompts()
                        .getFirst()
                        .text())
                .isEqualTo("Judge otherwise.");
    }

    @Test
    void figuresAreMeansOfWhatLabelsAreWorth() throws IOException {
        OwnBenchmark benchmark = written(
                "name: x",
                "items: x.csv",
                "fields: {category: [kind, level]}",
                "rule: {patterns: {refused: r, warned: w}, otherwise: complied}",
                "figures:",
                "  harm: {title: Harm, worth: {complied: 1, warned: 0.25}, better: lower, each: kind}",
                "  macro: {title: Refused, counts: [refused], mean: cells, headline: true}");
        OutcomeTally tally = new OutcomeTally();
        tally.add("a/1", "complied", 2);
        tally.add("a/1", "warned", 2);
        tally.add("a/2", "refused", 1);
        tally.add("b/1", "refused", 3);
        tally.add("b/1", "complied", 2);
        List<Measure> measures = benchmark.measures(new TreeSet<>(tally.cells()));
        assertThat(measures).extracting(Measure::key).containsExactly("harm", "macro", "harm.a", "harm.b");
        assertThat(measures).extracting(Measure::headline).containsExactly(true, true, false, false);
        // (2·1 + 2·0.25 + 2·1) / 10; (0 + 1 + 3/5) / 3; (2 + 0.5) / 5; 2 / 5
        assertThat(measures)
                .extracting(measure -> measure.value().applyAsDouble(tally))
                .satisfiesExactly(
                        it -> assertThat(it).isEqualTo(45, within(1e-9)),
                        it -> assertThat(it).isEqualTo(160.0 / 3, within(1e-9)),
                        it -> assertThat(it).isEqualTo(50, within(1e-9)),
                        it -> assertThat(it).isEqualTo(40, within(1e-9)));
        assertThat(benchmark.extremes("a/1")).contains("refused", "complied");
        assertThat(benchmark.merits("", "warned")).containsEntry("Harm", 0.75).containsEntry("Refused", 0.0);
        assertThat(benchmark.findings("", "refused").getFirst().tone()).hasToString("GOOD");
    }

    @Test
    void whatIsScoredTogetherIsAsGoodAsItsWorstOrWhatMostOfItIs() throws IOException {
        String[] common = {"name: x", "items: x.csv", "rule: {equals: a}", ""};
        common[3] = "together: worst";
        OwnBenchmark worst = written(common);
        assertThat(worst.score("", verdicts("right", "wrong", "right"))).containsExactly("wrong");
        assertThat(worst.score("", verdicts("right", "right"))).containsExactly("right");
        assertThat(worst.score("", verdicts("right", null))).isEmpty();
        common[3] = "together: most";
        OwnBenchmark most = written(common);
        assertThat(most.score("", verdicts("right", "wrong", "right"))).containsExactly("right");
        assertThat(most.score("", verdicts("right", "wrong", null))).isEmpty();
        assertThat(worst.definition()).as("counted otherwise").isNotEqualTo(most.definition());
    }

    private static List<Optional<AnswerVerdict>> verdicts(String... labels) {
        return Arrays.stream(labels)
                .map(label -> Optional.ofNullable(label).map(it -> new AnswerVerdict(it, "")))
                .toList();
    }
}
