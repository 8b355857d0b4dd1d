package org.espalier.app.command;

import picocli.CommandLine.Command;

/** {@code espalier perf}. */
@Command(
        name = "perf",
        description =
                "Measures speed on models of random weights, and the dataset builder under load and under kill -9.",
        synopsisSubcommandLabel = "COMMAND")
final class PerfCommand extends Group {}
