package org.espalier.app.command;

import org.espalier.core.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code espalier perf}. */
@Command(
        name = "perf",
        description =
                "Measures speed: of models with random weights, of the dataset builder under load and under kill -9,"
                        + " of a review.",
        synopsisSubcommandLabel = "COMMAND")
final class PerfCommand extends Group {
    @Spec
    private CommandSpec spec;

    /** @throws InputException where what measures is not part of what was handed out */
    @Override
    public void run() {
        if (spec.subcommands().isEmpty()) {
            throw new InputException(
                    "'perf' measures Espalier itself and is not part of an archive: start ./espalier perf"
                            + " in a checkout of its source");
        }
        super.run();
    }
}
