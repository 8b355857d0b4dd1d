package org.espalier.app.command;

import java.nio.file.Path;
import org.espalier.app.console.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier model inspect}. */
@Command(name = "inspect", description = "Lists family, shapes, parameters and tensors of a model or an adapter.")
final class ModelInspectCommand implements Verb {
    @Parameters(
            converter = HubFolder.class,
            paramLabel = "DIR",
            description = "The folder of a model or of an adapter.")
    private Path folder;

    @Option(names = "--all", description = "A line for every tensor, not one for those of all layers.")
    private boolean all;

    @Override
    public int run(Console console) {
        new InventoryText(folder, all).lines().forEach(console::say);
        return ExitCode.DONE.number();
    }
}
