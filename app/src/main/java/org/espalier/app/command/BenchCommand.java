package org.espalier.app.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.espalier.app.config.Recipes;
import org.espalier.app.config.Section;
import org.espalier.app.work.BenchWork;
import org.espalier.app.work.Desk;
import org.espalier.report.RatesTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code espalier bench}. */
@Command(name = "bench", description = "Asks a model a benchmark's questions and judges its reasoning paths.")
final class BenchCommand implements Callable<Integer>, TakesSettings {
    private static final List<String> KNOWN = List.of("rsbench");

    private final Desk desk;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "The benchmark: rsbench.")
    private String name;

    @Option(names = "--data", required = true, paramLabel = "FILE", description = "Its questions: an ssui.jsonl.")
    private Path data;

    @Option(names = "--model", required = true, paramLabel = "DIR", description = "The folder of a model.")
    private Path model;

    @Option(names = "--adapter", paramLabel = "DIR", description = "The folder of an adapter (PEFT).")
    private Optional<Path> adapter;

    @Option(names = "--out", required = true, paramLabel = "RUN", description = "The folder of this run.")
    private Path out;

    @Option(names = "--dry-run", description = "Say what would be done, and write nothing.")
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
        if (!KNOWN.contains(name)) {
            throw Words.unknown("benchmark", name, KNOWN);
        }
        Recipes recipes = SettingFlags.read(spec, this);
        BenchWork work = new BenchWork(model, adapter, data, out, recipes.run(), recipes.bench());
        if (dryRun) {
            work.foresee(desk);
            return ExitCode.DONE.number();
        }
        work.run(desk);
        RatesTable.of(List.of(out)).lines().forEach(desk::say);
        desk.say("Answers, judgements and figures are in " + out + ".");
        return ExitCode.DONE.number();
    }
}
