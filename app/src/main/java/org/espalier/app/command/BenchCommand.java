package org.espalier.app.command;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.espalier.app.config.Recipes;
import org.espalier.app.config.Section;
import org.espalier.app.console.Console;
import org.espalier.bench.own.OwnBenchmark;
import org.espalier.bench.set.Benchmarks;
import org.espalier.bench.suite.Benchmark;
import org.espalier.bench.suite.Convention;
import org.espalier.core.InputException;
import org.espalier.core.cost.Cost;
import org.espalier.core.text.Counted;
import org.espalier.core.work.GroupRunner;
import org.espalier.report.FigureTable;
import org.espalier.tensor.PlacementChoice;
import org.espalier.workflow.bench.AllMeasurements;
import org.espalier.workflow.bench.BenchmarkChoice;
import org.espalier.workflow.bench.Judges;
import org.espalier.workflow.bench.MeasuredModel;
import org.espalier.workflow.bench.MeasurementForecast;
import org.espalier.workflow.bench.ModelMeasurement;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code espalier bench}. */
@Command(
        name = "bench",
        description = "Asks a model a benchmark's questions, has the answers judged by its rules, and counts.")
final class BenchCommand implements Verb, Resumable, TakesSettings {
    private static final String ALL = "all";
    private static final int JURY = 5;
    /** Whose answers several may judge together. */
    private static final String JURIED = "safebench";

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description =
                    "The benchmark: ${COMPLETION-CANDIDATES}; all stands for every one that --data has a folder of. Or"
                            + " the YAML file of one of your own.",
            completionCandidates = Names.class)
    private Optional<String> name;

    @Option(
            names = "--data",
            converter = HubFolder.OfData.class,
            paramLabel = "PATH",
            description =
                    "Its questions: the folder of its files as published, or such a file, as an ssui.jsonl. Those of"
                            + " a YAML file lie beside it where this is left out.")
    private Optional<Path> data;

    @Mixin
    private AskedOptions asked;

    @Mixin
    private JudgeOptions judging;

    @Option(names = "--out", paramLabel = "RUN", description = "The folder of this run.")
    private Optional<Path> out;

    @Option(names = "--limit", description = "Ask the first N questions alone.")
    private Optional<Integer> limit;

    @Option(
            names = "--sample",
            description = "Ask N questions alone, in each category its share; says how wide intervals become.")
    private Optional<Integer> sample;

    @Option(
            names = "--prompts",
            paramLabel = "DIR",
            description = "Words of your own for asking and judging, under the names of those that ship.")
    private Optional<Path> prompts;

    @Option(
            names = "--protocol",
            paramLabel = "official|ours",
            defaultValue = "ours",
            description = "By whose choices, where the published program and ours differ: order of picture and text,"
                    + " decoding, thoughts, what counts without a verdict.")
    private String protocol;

    @Option(names = "--jury", description = "SafeBench: five jurors who deliberate, instead of one.")
    private boolean jury;

    @Option(names = "--as", paramLabel = "TITLE", description = "What tables call the model.")
    private Optional<String> title;

    @GoesWith({"--endpoint", "--judge", "--endpoints"})
    @Option(
            names = "--batch",
            description = "Ask endpoints, judges too, in their providers' batches: half the price, up to a day.")
    private boolean batch;

    @Mixin
    private ClusterOptions cluster;

    @Option(names = "--dry-run", description = "Say what would be done and what it would cost, and write nothing.")
    private boolean dryRun;

    @Override
    public List<Section> sections() {
        return List.of(Section.RUN, Section.BENCH);
    }

    @Override
    public int run(Console console) throws InterruptedException {
        String benchmark =
                name.orElseThrow(() -> new InputException("name a benchmark: " + String.join(", ", known())));
        if (!known().contains(benchmark) && !OwnBenchmark.isFile(benchmark)) {
            throw Words.unknown("benchmark", benchmark, known());
        }
        if (jury && !Set.of(JURIED, ALL).contains(benchmark)) {
            throw new InputException(
                    "--jury is for " + JURIED + " alone, and the benchmark is " + benchmark + ": leave it out");
        }
        Path to = out.orElseThrow(() -> new InputException("name the folder of this run with --out RUN"));
        Path from = data.or(() -> Optional.of(benchmark)
                        .filter(OwnBenchmark::isFile)
                        .flatMap(file -> Optional.ofNullable(
                                Path.of(file).toAbsolutePath().getParent())))
                .orElseThrow(() -> new InputException("name the benchmark's data with --data PATH"));
        BenchmarkChoice.Limit questions = new BenchmarkChoice.Limit(count(limit), count(sample));
        Recipes recipes = SettingFlags.read(spec, this);
        var endpoints = judging.file();
        MeasuredModel model = asked.model(endpoints);
        Judges judges = judging.judges(endpoints);
        ModelMeasurement measurement = new ModelMeasurement(
                new BenchmarkChoice(
                        benchmark,
                        from,
                        questions,
                        prompts,
                        jury ? JURY : 1,
                        Words.choice(Convention.class, "protocol", protocol)),
                batch ? model.batched() : model,
                batch ? judges.batched() : judges,
                to,
                title,
                recipes.seed(),
                recipes.bench());
        if (cluster.elsewhere() && !dryRun) {
            return cluster.elsewhere(spec);
        }
        return benchmark.equals(ALL) ? all(console, new AllMeasurements(measurement)) : one(console, measurement);
    }

    private static OptionalInt count(Optional<Integer> given) {
        return given.map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    /** What may be named. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return known().iterator();
        }
    }

    private static List<String> known() {
        List<String> known = new ArrayList<>();
        Benchmarks.shipped().all().stream().map(Benchmark::name).forEach(known::add);
        known.add(ALL);
        return known;
    }

    private int one(Console console, ModelMeasurement measurement) {
        if (dryRun) {
            tell(console, measurement);
            return ExitCode.DONE.number();
        }
        onCluster(console, measurement, runner -> measurement.run(runner, console.progress()));
        FigureTable.whole(measurement.out()).forEach(console::say);
        console.say("Answers, judgements and figures are in " + measurement.out() + ".");
        return ExitCode.DONE.number();
    }

    private <T> T onCluster(Console console, ModelMeasurement measurement, Function<GroupRunner, T> work) {
        return cluster.with("espalier bench", placement(measurement), console::say, work);
    }

    private static PlacementChoice placement(ModelMeasurement measurement) {
        return measurement.model() instanceof MeasuredModel.Local local ? local.placement() : PlacementChoice.USUAL;
    }

    private int all(Console console, AllMeasurements measurements) {
        AllMeasurements.Present present = measurements.present();
        if (dryRun) {
            List<MeasurementForecast> all =
                    present.sound().stream().map(it -> tell(console, it)).toList();
            long answers = all.stream().mapToLong(MeasurementForecast::answers).sum();
            Cost judging =
                    all.stream().map(forecast -> forecast.judging().likely()).reduce(Cost.NONE, Cost::plus);
            BigDecimal money = all.stream()
                    .map(forecast -> forecast.asking().likely().money())
                    .reduce(judging.money(), BigDecimal::add);
            console.say("In all: %,d answers, %,d calls of judges".formatted(answers, judging.calls())
                    + (money.signum() == 0 ? "" : ", about " + CostText.priced(money)) + ".");
            return unreadable(console, present);
        }
        Consumer<ModelMeasurement> measured = one -> console.say(one.choice().name() + " is measured.");
        List<Path> runs = onCluster(
                console,
                measurements.each(),
                runner -> measurements.run(present, runner, console.progress(), measured));
        FigureTable.of(runs).forEach(console::say);
        console.say("Answers, judgements and figures are in the folders of "
                + measurements.each().out()
                + "; 'espalier report " + measurements.each().out()
                + " --out FILE.html' makes the paper's Table 1 with a row of them.");
        return unreadable(console, present);
    }

    private int unreadable(Console console, AllMeasurements.Present present) {
        present.unreadable().forEach((benchmark, why) -> console.say(benchmark + " is left out: " + why));
        return (present.unreadable().isEmpty() ? ExitCode.DONE : ExitCode.NO).number();
    }

    private MeasurementForecast tell(Console console, ModelMeasurement measurement) {
        ModelMeasurement.Plan plan = measurement.plan();
        console.say("Would ask " + Counted.of(plan.questions(), "question") + " of " + plan.benchmark() + ", "
                + Counted.of(plan.samples(), "answer") + " each, of "
                + measurement.model().title() + " into " + measurement.out() + "; judged by "
                + String.join("; ", plan.judges()) + ":");
        plan.notes().forEach(note -> console.say("  " + note));
        Words.found(measurement.out(), plan.found()).forEach(console::say);
        cluster.told("espalier bench", placement(measurement)).forEach(console::say);
        MeasurementForecast forecast = measurement.forecast();
        CostText.measurement(forecast, measurement.model()).forEach(console::say);
        if (batch) {
            console.say("  in batches: half the price; providers answer one within a day, most much sooner");
        }
        return forecast;
    }
}
