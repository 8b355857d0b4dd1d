package org.espalier.app.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.espalier.app.config.Recipes;
import org.espalier.app.config.Section;
import org.espalier.app.work.BenchWork;
import org.espalier.app.work.Desk;
import org.espalier.app.work.Judges;
import org.espalier.app.work.Portion;
import org.espalier.app.work.Subject;
import org.espalier.app.work.SuiteData;
import org.espalier.app.work.SuiteWork;
import org.espalier.app.work.SuitesWork;
import org.espalier.bench.set.Benchmarks;
import org.espalier.bench.suite.Benchmark;
import org.espalier.bench.suite.Prompts;
import org.espalier.core.InputException;
import org.espalier.report.RatesTable;
import org.espalier.report.SuiteTable;
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
final class BenchCommand implements Callable<Integer>, GoesOn, TakesSettings {
    private static final String RSBENCH = "rsbench";
    private static final String ALL = "all";
    private static final int JURY = 5;

    private final Desk desk;

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description =
                    "The benchmark: ${COMPLETION-CANDIDATES}; all stands for every one that --data has a folder of.",
            completionCandidates = Names.class)
    private Optional<String> name;

    @Option(
            names = "--data",
            paramLabel = "PATH",
            description = "Its questions: an ssui.jsonl for rsbench, else the folder of its files as published.")
    private Optional<Path> data;

    @Mixin
    private AskedOptions asked;

    @Mixin
    private JudgeOptions judging;

    @Option(names = "--out", paramLabel = "RUN", description = "The folder of this run.")
    private Optional<Path> out;

    @Option(names = "--limit", paramLabel = "N", description = "Ask the first N questions alone.")
    private Optional<Integer> limit;

    @Option(
            names = "--sample",
            paramLabel = "N",
            description = "Ask N questions alone, in each category its share; says how wide intervals become.")
    private Optional<Integer> sample;

    @Option(
            names = "--prompts",
            paramLabel = "DIR",
            description = "Words of your own for asking and judging, under the names of those that ship.")
    private Optional<Path> prompts;

    @Option(names = "--jury", description = "SafeBench: five jurors who deliberate, instead of one.")
    private boolean jury;

    @Option(names = "--as", paramLabel = "TITLE", description = "What tables call the model.")
    private Optional<String> title;

    @Option(names = "--dry-run", description = "Say what would be done and what it would cost, and write nothing.")
    private boolean dryRun;

    BenchCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public List<Section> sections() {
        return List.of(Section.RUN, Section.BENCH);
    }

    @Override
    public Integer call() {
        String benchmark =
                name.orElseThrow(() -> new InputException("name a benchmark: " + String.join(", ", known())));
        if (!known().contains(benchmark)) {
            throw Words.unknown("benchmark", benchmark, known());
        }
        Path to = out.orElseThrow(() -> new InputException("name the folder of this run with --out RUN"));
        Path from = data.orElseThrow(() -> new InputException("name the benchmark's data with --data PATH"));
        Portion portion = new Portion(count(limit), count(sample));
        Recipes recipes = SettingFlags.read(spec, this);
        var endpoints = judging.file();
        Subject subject = asked.subject(endpoints);
        Judges judges = judging.judges(endpoints);
        if (benchmark.equals(RSBENCH)) {
            return rsbench(
                    new BenchWork(subject, judges, title, prompts, from, portion, to, recipes.run(), recipes.bench()));
        }
        SuiteData suite = new SuiteData(benchmark, from, portion, prompts, jury ? JURY : 1);
        return benchmark.equals(ALL)
                ? all(new SuitesWork(suite, subject, judges, to, title, recipes.run(), recipes.bench()))
                : one(new SuiteWork(
                        suite, subject, judges, to, title.orElseGet(subject::title), recipes.run(), recipes.bench()));
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
        List<String> known = new ArrayList<>(List.of(RSBENCH));
        new Benchmarks(Prompts.shipped(), 1).all().stream().map(Benchmark::name).forEach(known::add);
        known.add(ALL);
        return known;
    }

    private int rsbench(BenchWork work) {
        if (dryRun) {
            work.foresee(desk);
            return ExitCode.DONE.number();
        }
        work.run(desk);
        RatesTable.of(List.of(work.out())).lines().forEach(desk::say);
        desk.say("Answers, judgements and figures are in " + work.out() + ".");
        return ExitCode.DONE.number();
    }

    private int one(SuiteWork work) {
        if (dryRun) {
            work.foresee(desk);
            return ExitCode.DONE.number();
        }
        SuiteTable.lines(work.run(desk)).forEach(desk::say);
        desk.say("Answers, judgements and figures are in " + work.out() + ".");
        return ExitCode.DONE.number();
    }

    private int all(SuitesWork work) {
        if (dryRun) {
            work.foresee(desk);
            return ExitCode.DONE.number();
        }
        List<Path> runs = work.run(desk);
        SuiteTable.of(runs).forEach(desk::say);
        desk.say("Answers, judgements and figures are in the folders of " + work.out() + "; 'espalier report "
                + work.out() + " --out FILE.html' makes the paper's Table 1 with a row of them.");
        return ExitCode.DONE.number();
    }
}
