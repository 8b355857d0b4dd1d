package org.espalier.lab.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.espalier.app.command.ExitCode;
import org.espalier.app.command.Verb;
import org.espalier.app.console.Console;
import org.espalier.core.InputException;
import org.espalier.lab.hub.FolderHub;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier perf hub}. */
@Command(
        name = "hub",
        description =
                "Serves the folders below ROOT as a hub on this machine, until Ctrl-C: ROOT/OWNER/NAME are models,"
                        + " ROOT/datasets/OWNER/NAME data sets.")
public final class PerfHubCommand implements Verb {

    @Parameters(paramLabel = "ROOT", description = "The folder of all repositories.")
    private Path root;

    @Option(names = "--port", defaultValue = "0", description = "0 for any that is free.")
    private int port;

    @Option(names = "--token-env", paramLabel = "VAR", description = "The variable with the token that writing needs.")
    private Optional<String> token;

    @Option(
            names = "--breaks",
            defaultValue = "0",
            description = "So many downloads of large files break off half-way.")
    private int breaks;

    @Override
    public int run(Console console) throws InterruptedException {
        if (!Files.isDirectory(root) || port < 0 || port > 65_535) {
            throw new InputException("name a folder that is there, and a port from 0 to 65535");
        }
        Optional<String> wanted = token.flatMap(name -> Optional.ofNullable(System.getenv(name)));
        try (FolderHub hub = FolderHub.start(root, port, wanted, breaks)) {
            console.say("Listening at " + hub.address() + "; Ctrl-C ends it.");
            console.watch(progress -> progress.at("serve", 0, 0, ""));
        }
        return ExitCode.DONE.number();
    }
}
