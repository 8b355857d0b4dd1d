package org.espalier.app.command;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.espalier.app.work.Desk;
import org.espalier.app.work.TraceWork;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier ssui trace}. */
@Command(
        name = "trace",
        description =
                "Says where each sentence of a sample comes from: for each field the agents with model and prompt,"
                        + " what people changed, and the models' answers as they came.")
final class SsuiTraceCommand implements Callable<Integer> {
    private final Desk desk;

    @Parameters(index = "0", paramLabel = "RUN", description = "The folder of a build.")
    private Path run;

    @Parameters(index = "1", paramLabel = "SAMPLE-ID", description = "The sample's id, as the dataset has it.")
    private String sample;

    @Option(names = "--store", paramLabel = "JDBC_URL", description = "The build's store, if not the one in RUN.")
    private Optional<String> store;

    SsuiTraceCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        Words.warnOfPassword(store, desk);
        new TraceWork(run, store, sample).run(desk);
        return ExitCode.DONE.number();
    }
}
