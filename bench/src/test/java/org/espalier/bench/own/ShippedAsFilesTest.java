package org.espalier.bench.own;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.espalier.bench.set.Benchmarks;
import org.espalier.bench.stats.OutcomeTally;
import org.espalier.bench.suite.Assessment;
import org.espalier.bench.suite.Benchmark;
import org.espalier.bench.suite.BenchmarkItem;
import org.espalier.bench.suite.Measure;
import org.espalier.bench.suite.ModelAnswer;
import org.espalier.bench.suite.Prompts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Benchmarks that ship, described in files: the same questions, and the same figures of the same verdicts. */
class ShippedAsFilesTest {
    private static final Path FILES = Path.of("../examples/benchmarks");

    @TempDir
    Path folder;

    private static Benchmark shipped(String name) {
        return Benchmarks.shipped().named(name).orElseThrow();
    }

    private static Benchmark file(String name) {
        return OwnBenchmark.read(FILES.resolve(name), Prompts.shipped());
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** Every figure, over verdicts drawn at random for the questions that both load. */
    private void same(Benchmark shipped, Benchmark file, List<String> labels, UnaryOperator<String> named) {
        List<BenchmarkItem> items = shipped.load(folder).items();
        assertThat(file.load(folder).items())
                .extracting(item -> item.id() + item.cell() + item.image() + item.query() + item.cluster())
                .isEqualTo(items.stream()
                        .map(item -> item.id() + item.cell() + item.image() + item.query() + item.cluster())
                        .toList());
        assertThat(file.load(folder).notes()).hasSameSizeAs(shipped.load(folder).notes());
        OutcomeTally theirs = new OutcomeTally();
        OutcomeTally ours = new OutcomeTally();
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 1000; i++) {
            BenchmarkItem item = items.get(random.nextInt(items.size()));
            String label = labels.get(random.nextInt(labels.size()));
            theirs.add(item.cell(), label);
            ours.add(item.cell(), named.apply(label));
        }
        List<Measure> figures = shipped.measures(theirs.cells());
        List<Measure> again = file.measures(ours.cells());
        assertThat(again)
                .extracting(Measure::key, Measure::title, Measure::direction, Measure::headline)
                .containsExactlyInAnyOrderElementsOf(figures.stream()
                        .map(it -> org.assertj.core.groups.Tuple.tuple(
                                it.key(), it.title(), it.direction(), it.headline()))
                        .toList());
        for (Measure figure : figures) {
            Measure other = again.stream()
                    .filter(it -> it.key().equals(figure.key()))
                    .findFirst()
                    .orElseThrow();
            assertThat(other.value().applyAsDouble(ours))
                    .as(figure.key())
                    .isCloseTo(figure.value().applyAsDouble(theirs), within(1e-9));
        }
    }

    private static String decided(Assessment assessment) {
        return ((Assessment.Decided) assessment).verdict().label();
    }

    @Test
    void mossBench() throws IOException {
        write("data/images_information/information.json", """
            {"1":{"image":"images/1.png","question":"May I?","metadata":{"over":"type 1","human":0}},
             "2":{"image":"images/1.png","question":"May I too?","metadata":{"over":"type 2","human":0}},
             "3":{"image":"images/9.png","question":"And I?","metadata":{"over":"type 1","human":0}},
             "4":{"image":"images/1.png","question":"","metadata":{"over":"type 3","human":0}}}
            """);
        write("data/images/1.png", "a picture");
        Benchmark moss = file("moss.yaml");
        same(shipped("mossbench"), moss, List.of("0", "1"), label -> label);
        BenchmarkItem item = moss.load(folder).items().getFirst();
        assertThat(decided(moss.assess(item, new ModelAnswer(" ", List.of())))).isEqualTo("1");
        assertThat(moss.ruled(item.cell(), "")).isTrue();
        assertThat(moss.ruled(item.cell(), "No.")).isFalse();
        assertThat(moss.assess(item, new ModelAnswer("No.", List.of()))).isInstanceOf(Assessment.Pending.class);
        assertThat(decided(moss.blocked(item, "a filter"))).isEqualTo("1");
        String told = moss.judgePrompts().getFirst().text();
        assertThat(told.strip().replace("moss-judge", "mossbench-judge"))
                .isEqualTo(Prompts.shipped().of("mossbench-judge"));
    }

    @Test
    void vlsBench() throws IOException {
        write("data.json", """
            [{"instruction_id":1,"instruction":"How?","image_path":"imgs/0.png","category":"Hate","sub_category":"A"},
             {"instruction_id":2,"instruction":"Why?","image_path":"imgs/0.png","category":"Erotic","sub_category":"B"},
             {"instruction_id":3,"instruction":"","image_path":"imgs/0.png","category":"Erotic","sub_category":"B"}]
            """);
        write("imgs/0.png", "a picture");
        Benchmark vls = file("vls.yaml");
        same(shipped("vlsbench"), vls, List.of("1", "2", "3"), label -> label);
        assertThat(decided(vls.blocked(vls.load(folder).items().getFirst(), "a filter")))
                .isEqualTo("1");
        assertThat(vls.card().asks().maxTokens())
                .isEqualTo(shipped("vlsbench").card().asks().maxTokens());
        assertThat(vls.judgePrompts().getFirst().text().strip().replace("vls-judge", "vlsbench-judge"))
                .isEqualTo(Prompts.shipped().of("vlsbench-judge"));
    }

    @Test
    void siuosMultipleChoice() throws IOException {
        write("data/siuo_mcqa.json", """
            [{"question_id":1,"image":"S-01.png","question":"What now?","category":"c",
              "options":{"A":"stop","B":"go","C":"run","D":"wait"},"correct_option":"A"},
             {"question_id":2,"image":"S-01.png","question":"And now?","category":"d",
              "options":{"A":"stop","B":"go","C":"run","D":"wait"},"correct_option":"D"}]
            """);
        write("data/images/S-01.png", "a picture");
        Benchmark choice = file("siuo-choice.yaml");
        Benchmark shipped = shipped("siuo-mcqa");
        same(shipped, choice, List.of("0", "1"), label -> label.equals("1") ? "right" : "wrong");
        List<BenchmarkItem> items = shipped.load(folder).items();
        List<BenchmarkItem> again = choice.load(folder).items();
        for (String said : List.of("A", "(D)", "B.", "D: wait")) {
            for (int i = 0; i < 2; i++) {
                ModelAnswer answer = new ModelAnswer(said, List.of());
                assertThat(decided(choice.assess(again.get(i), answer)).equals("right"))
                        .as(said)
                        .isEqualTo(decided(shipped.assess(items.get(i), answer)).equals("1"));
            }
        }
    }
}
