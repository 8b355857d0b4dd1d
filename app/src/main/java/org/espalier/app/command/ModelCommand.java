package org.espalier.app.command;

import picocli.CommandLine.Command;

/** {@code espalier model}. */
@Command(
        name = "model",
        description = "Looks at a model's folder, proves its arithmetic, merges an adapter into it.",
        synopsisSubcommandLabel = "COMMAND")
final class ModelCommand extends Group {}
