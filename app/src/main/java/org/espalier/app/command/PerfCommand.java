package org.espalier.app.command;

import picocli.CommandLine.Command;

/** {@code espalier perf}. */
@Command(
        name = "perf",
        description = "Measures speed on models of random weights.",
        synopsisSubcommandLabel = "COMMAND")
final class PerfCommand extends Group {}
