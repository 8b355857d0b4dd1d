package org.espalier.app.command;

import picocli.CommandLine.Command;

/** {@code espalier perf}. */
@Command(
        name = "perf",
        description = "Measures speed: of models with random weights, of a review.",
        synopsisSubcommandLabel = "COMMAND")
final class PerfCommand extends Group {}
