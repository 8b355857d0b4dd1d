package org.espalier.app.command;

import picocli.CommandLine.Command;

/** {@code espalier ssui}. */
@Command(
        name = "ssui",
        description = "Builds a dataset of safe semantics but unsafe interpretation from a folder of pictures.",
        synopsisSubcommandLabel = "COMMAND")
final class SsuiCommand extends Group {}
