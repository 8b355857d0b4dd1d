package org.espalier.app.command;

import org.espalier.app.console.Console;
import org.espalier.core.InputException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A word that only stands before others: alone, it prints them. */
@Command(synopsisSubcommandLabel = "COMMAND")
final class Group implements Verb {
    @Spec
    private CommandSpec spec;

    static CommandLine of(String name, String description, Verb... verbs) {
        CommandLine line = CommandLines.with(new Group(), verbs);
        line.getCommandSpec().name(name).usageMessage().description(description);
        return line;
    }

    /** @throws InputException where what measures is not part of what was handed out */
    @Override
    public int run(Console console) {
        if (spec.subcommands().isEmpty()) {
            throw new InputException(
                    "'perf' measures Espalier itself and is not part of an archive: start ./espalier perf"
                            + " in a checkout of its source");
        }
        spec.commandLine().usage(spec.commandLine().getOut());
        return ExitCode.DONE.number();
    }
}
