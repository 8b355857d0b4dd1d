package org.espalier.app.command;

import picocli.CommandLine.Command;

/** {@code espalier reproduce}. */
@Command(
        name = "reproduce",
        description = "Lays a whole experiment out as steps and runs it: the paper's, or the same plan in small.",
        synopsisSubcommandLabel = "COMMAND")
final class ReproduceCommand extends Group {}
