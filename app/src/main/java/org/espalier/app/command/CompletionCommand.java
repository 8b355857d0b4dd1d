package org.espalier.app.command;

import java.nio.file.Path;
import java.util.List;
import org.espalier.app.console.Console;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code espalier completion}. */
@Command(
        name = "completion",
        description = "Prints a script by which the Tab key completes verbs, options and files:"
                + " source <(./espalier completion bash)")
final class CompletionCommand implements Verb {
    /** The script finds out by itself which of them reads it. */
    private static final List<String> SHELLS = List.of("bash", "zsh");

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    private String shell;

    @Override
    public int run(Console console) {
        if (!SHELLS.contains(shell)) {
            throw Words.unknown("completion for a shell", shell, SHELLS);
        }
        CommandLine root = spec.root().commandLine();
        letFilesBeSeen(root.getCommandSpec());
        root.getOut().print(AutoComplete.bash(root.getCommandName(), root));
        return ExitCode.DONE.number();
    }

    /** picocli offers files where an option is a path, but not where it may be left out or given several times. */
    private static void letFilesBeSeen(CommandSpec command) {
        for (OptionSpec option : List.copyOf(command.options())) {
            if (!option.inherited()
                    && option.group() == null
                    && List.of(option.auxiliaryTypes()).contains(Path.class)) {
                command.remove(option);
                command.addOption(
                        OptionSpec.builder(option.names()).type(Path.class).build());
            }
        }
        command.subcommands().values().forEach(below -> letFilesBeSeen(below.getCommandSpec()));
    }
}
