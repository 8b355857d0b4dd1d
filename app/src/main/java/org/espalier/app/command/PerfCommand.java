package org.espalier.app.command;

import picocli.CommandLine.Command;

/** {@code espalier perf}. */
@Command(
        name = "perf",
        description =
                "Measures speed: of models with random weights, of the dataset builder under load and under kill -9,"
                        + " of a review.",
        synopsisSubcommandLabel = "COMMAND")
final class PerfCommand extends Group {}
