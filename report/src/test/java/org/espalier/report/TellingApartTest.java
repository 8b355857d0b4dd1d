package org.espalier.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.espalier.report.run.Runs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TellingApartTest {
    @TempDir
    Path folder;

    private Zoo zoo;

    @BeforeEach
    void world() throws IOException {
        zoo = new Zoo(folder);
    }

    /** A training with a run of either benchmark. */
    private void srpo(String name, String model, double lambda, int seed, double percent) {
        Path training = zoo.train("runs/" + name, model, "srpo", lambda, seed);
        zoo.bench("runs/rs-" + name, model, Optional.of(training), percent);
        zoo.suite("runs/vls-" + name, model, Optional.of(training), percent);
    }

    private String html() throws IOException {
        Path file = folder.resolve("report.html");
        Report.write(List.of(folder.resolve("runs")), file);
        return Files.readString(file);
    }

    private static String section(String page, String id) {
        return page.substring(page.indexOf("<section id=\"" + id + "\"")).replaceFirst("(?s)</section>.*", "");
    }

    private static long times(String text, String what) {
        return Pattern.compile(Pattern.quote(what)).matcher(text).results().count();
    }

    private List<String> benches() {
        return Runs.read(List.of(folder.resolve("runs"))).withParts().stream()
                .flatMap(List::stream)
                .map(run -> run.method().label())
                .toList();
    }

    @Test
    void twoSeedsOfOneMethodAreTwoBarsOfEachFigure() throws IOException {
        srpo("one", "qwen", 0.3, 1, 50);
        srpo("two", "qwen", 0.3, 2, 75);
        String page = html();
        for (String id : List.of("figure6", "rsbench")) {
            assertThat(section(page, id))
                    .contains(">seed 1<", ">seed 2<", "SRPO (seed 1): 50.0 %", "SRPO (seed 2): 75.0 %");
        }
        assertThat(benches()).containsExactly("SRPO (seed 1)", "SRPO (seed 2)");
    }

    @Test
    void oneRunOfEachMethodNeedsNoNote() throws IOException {
        zoo.bench("runs/rs-base", "qwen", Optional.empty(), 25);
        zoo.suite("runs/vls-base", "qwen", Optional.empty(), 25);
        srpo("one", "qwen", 0.3, 1, 50);
        assertThat(benches()).containsExactly("base", "SRPO");
        assertThat(section(html(), "figure6")).doesNotContain("class=\"note\"");
    }

    @Test
    void aReportOfBenchmarksAloneIsCalledSoAndNamesThem() throws IOException {
        zoo.suite("runs/vls-base", "qwen", Optional.empty(), 25);
        assertThat(html()).contains("<h1>Safety benchmarks</h1>", "Measured by VLSBench.");
        srpo("one", "qwen", 0.3, 1, 50);
        assertThat(html()).contains("<h1>Safety-aware reasoning path optimization</h1>");
    }

    @Test
    void theSameMethodOnTwoBaseModelsIsSaidByTheModel() throws IOException {
        for (String model : List.of("qwen", "llava")) {
            zoo.bench("runs/rs-base-" + model, model, Optional.empty(), 25);
            zoo.suite("runs/vls-base-" + model, model, Optional.empty(), 25);
            srpo("t-" + model, model, 0.3, 1, model.equals("qwen") ? 50 : 75);
        }
        assertThat(benches()).containsExactly("base (llava)", "base (qwen)", "SRPO (llava)", "SRPO (qwen)");
        String figure = section(html(), "figure6");
        assertThat(figure).contains("SRPO (qwen): 50.0 %", "SRPO (llava): 75.0 %");
        assertThat(times(figure, "base (qwen): ")).as("panels").isEqualTo(2);
    }

    @Test
    void aModelHasItsNoteEvenWhereItAloneWasMeasured() throws IOException {
        zoo.bench("runs/a", "qwen", Optional.empty(), 25);
        zoo.suite("runs/b", "llava", Optional.empty(), 25);
        Runs runs = Runs.read(List.of(folder.resolve("runs")));
        assertThat(runs.withParts().iterator().next().getFirst().method().label())
                .isEqualTo("base (qwen)");
        assertThat(runs.withoutParts().getFirst().method().label()).isEqualTo("base (llava)");
    }

    @Test
    void runsThatDifferInNothingButTheirPlaceAreCalledByIt() {
        zoo.bench("runs/rs", "qwen", Optional.empty(), 25);
        zoo.bench("others/rs", "qwen", Optional.empty(), 50);
        Runs runs = Runs.read(List.of(folder.resolve("runs"), folder.resolve("others")));
        assertThat(runs.benches().stream().map(run -> run.method().label()))
                .containsExactly("base (others/rs)", "base (runs/rs)");
    }

    @Test
    void table1HasARowForEachModelOfOneName() {
        for (String name : List.of("one", "two")) {
            Path training = zoo.train("runs/" + name, "qwen", "srpo", 0.3, name.equals("one") ? 1 : 2);
            zoo.suite("runs/vls-" + name, "qwen", Optional.of(training), name.equals("one") ? 50 : 75);
        }
        var ours = Table1Section.table(
                        Runs.read(List.of(folder.resolve("runs"))).withoutParts(), List.of())
                .ours();
        assertThat(ours.stream().map(row -> row.model()))
                .containsExactly("qwen + tuned (seed 1)", "qwen + tuned (seed 2)");
    }

    @Test
    void whereNothingWasTrainedNothingIsSaidOfTraining() throws IOException {
        zoo.bench("runs/bench-mine", "qwen", Optional.empty(), 50);
        Path page = folder.resolve("report.md");
        Report.writeMarkdown(List.of(folder.resolve("runs")), page);
        assertThat(Files.readString(page)).doesNotContain("trained once").contains("| base |");
    }

    @Test
    void aLossThatIsNotThePapersIsNamedAsWhatItIs() {
        zoo.trainBut("runs/odds", "alignment", "log-odds");
        zoo.trainBut("runs/paper", "alignment", "log-ratio");
        assertThat(Runs.read(List.of(folder.resolve("runs"))).trainings())
                .extracting(run -> run.method().label())
                .containsExactly("SRPO", "SRPO, alignment log-odds");
    }

    @Test
    void eachBaseModelHasItsOwnCurveOverLambda() throws IOException {
        double percent = 0;
        for (String model : List.of("qwen", "llava")) {
            for (double lambda : new double[] {0.1, 0.3, 0.5}) {
                percent += 12.5;
                srpo(model + lambda, model, lambda, 1, percent);
            }
        }
        String figure = section(html(), "figure7");
        assertThat(figure).contains("VLSBench safety rate over λ, llava<", "VLSBench safety rate over λ, qwen<");
        // Not the mean of 12.5 and 50, which no model reached.
        assertThat(figure).contains(">12.5<", ">50.0<").doesNotContain(">31.2<", ">31.3<");
    }

    @Test
    void seedsOfOneLambdaShareAPointOfItsCurve() throws IOException {
        for (double lambda : new double[] {0.1, 0.3, 0.5}) {
            srpo("a" + lambda, "qwen", lambda, 1, 25);
            srpo("b" + lambda, "qwen", lambda, 2, 50);
        }
        String figure = section(html(), "figure7");
        assertThat(times(figure, "<svg")).as("VLSBench, SR, ER, SER").isEqualTo(4);
        assertThat(figure).contains(">37.5<").contains("class=\"faint\"");
        assertThat(benches()).contains("SRPO (λ 0.1, seed 1)", "SRPO (λ 0.5, seed 2)");
    }

    @Test
    void theBaseOfAnotherModelIsNeverShownAsBefore() throws IOException {
        zoo.bench("runs/rs-base", "qwen", Optional.empty(), 25);
        Path training = zoo.train("runs/t", "llava", "srpo", 0.3, 1);
        zoo.bench("runs/rs-srpo", "llava", Optional.of(training), 75);
        assertThat(html()).doesNotContain("<section id=\"paths\"");
    }
}
