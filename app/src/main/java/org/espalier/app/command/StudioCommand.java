package org.espalier.app.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.espalier.app.work.Desk;
import org.espalier.app.work.StudioWork;
import org.espalier.core.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier studio}. */
@Command(
        name = "studio",
        description = "Opens runs in the browser: drafts to revise, trees, curves and results to look at, answers to"
                + " judge. Listens on this machine alone.")
final class StudioCommand implements Callable<Integer> {
    private final Desk desk;

    @Parameters(
            arity = "0..*",
            paramLabel = "RUN",
            description = "Folders of builds, reviews and other runs, or of several of them (default: runs).")
    private List<Path> runs = List.of();

    @Option(
            names = "--port",
            defaultValue = "0",
            paramLabel = "N",
            description = "Where to listen; 0 for any that is free (default ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--import",
            paramLabel = "FILE",
            description = "Take the samples of an ssui.jsonl as drafts into RUN, which may be new; their pictures lie"
                    + " below the file's folder.")
    private Optional<Path> drafts;

    @Option(names = "--store", paramLabel = "JDBC_URL", description = "RUN's store, if not the one in its folder.")
    private Optional<String> store;

    @Option(names = "--pictures", paramLabel = "DIR", description = "RUN's pictures, if not where it says.")
    private Optional<Path> pictures;

    @Option(names = "--taxonomy", paramLabel = "FILE", description = "The taxonomy (default: RUN's).")
    private Optional<Path> taxonomy;

    @Option(names = "--dry-run", description = "Say what would be opened, and open nothing.")
    private boolean dryRun;

    StudioCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (port < 0 || port > 65535) {
            throw new InputException("--port is " + port + ": it goes from 0 to 65535");
        }
        Words.warnOfPassword(store, desk);
        StudioWork work = new StudioWork(runs, port, drafts, store, pictures, taxonomy);
        if (dryRun) {
            work.foresee(desk);
        } else {
            work.run(desk);
        }
        return ExitCode.DONE.number();
    }
}
