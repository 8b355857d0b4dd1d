package org.espalier.app.command;

import picocli.CommandLine.Command;

/** {@code espalier greenhouse}. */
@Command(
        name = "greenhouse",
        description = "The small world that comes with Espalier: its data and its base model.",
        synopsisSubcommandLabel = "COMMAND")
final class GreenhouseCommand extends Group {}
