package org.espalier.app.command;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.espalier.app.console.Console;
import org.espalier.app.work.RunsSideBySide;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier bench compare}. */
@Command(name = "compare", description = "Compares two runs of a benchmark question by question, with a sign test.")
final class BenchCompareCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(arity = "2", paramLabel = "RUN", description = "Two runs of the same benchmark.")
    private List<Path> runs;

    @Option(names = "--mix-protocols", description = "Compare although the two were measured differently; says how.")
    private boolean mix;

    BenchCompareCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        RunsSideBySide.of(runs.getFirst(), runs.getLast(), mix).lines().forEach(console::say);
        return ExitCode.DONE.number();
    }
}
