package org.espalier.app.command;

import java.nio.file.Path;
import java.util.Optional;
import org.espalier.app.console.Console;
import org.espalier.workflow.dataset.SampleTrace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier ssui trace}. */
@Command(
        name = "trace",
        description =
                "Says where each sentence of a sample comes from: for each field the agents with model and prompt,"
                        + " what people changed, and the models' answers as they came.")
final class SsuiTraceCommand implements Verb {
    @Parameters(index = "0", paramLabel = "RUN", description = "The folder of a build.")
    private Path run;

    @Parameters(index = "1", paramLabel = "SAMPLE-ID", description = "The sample's id, as the dataset has it.")
    private String sample;

    @Option(names = "--store", paramLabel = "JDBC_URL", description = "The build's store, if not the one in RUN.")
    private Optional<String> store;

    @Override
    public int run(Console console) {
        Words.refusePassword(store);
        new SampleTrace(run, store, sample).lines().forEach(console::say);
        return ExitCode.DONE.number();
    }
}
