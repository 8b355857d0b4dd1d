package org.espalier.app.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.app.console.Console;
import org.espalier.core.InputException;
import org.espalier.core.text.Counted;
import org.espalier.serve.ModelServer;
import org.espalier.serve.ServerSettings;
import org.espalier.serve.http.ListenSettings;
import org.espalier.workflow.run.RunLog;
import org.espalier.workflow.serve.ModelServing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code espalier serve}. */
@Command(
        name = "serve",
        description =
                "Puts a model behind OpenAI's chat completions API. Callers' answers are decoded together. Listens on"
                        + " this machine alone, unless --host and --key-env say otherwise.")
final class ServeCommand implements Verb {
    private static final int CONNECTIONS = 2000;
    private static final int LARGEST_BODY = 1024;

    @Option(
            names = "--model",
            required = true,
            converter = HubFolder.class,
            paramLabel = "DIR",
            description = "The folder of a model, or its name on a hub (see pull).")
    private Path model;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What callers call the model (default: the name of its folder).")
    private Optional<String> name;

    @Option(
            names = "--adapter",
            paramLabel = "NAME=DIR",
            description = "An adapter (PEFT), for callers who ask for the model NAME; may be repeated.")
    private List<String> adapters = List.of();

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            paramLabel = "HOST",
            description = "The address of this machine to listen on; others than the loopback address want --key-env.")
    private String host;

    @Option(names = "--port", defaultValue = "8322", description = "Where to listen; 0 for any that is free.")
    private int port;

    @Option(
            names = "--key-env",
            paramLabel = "VAR",
            description = "The environment variable that holds the key that callers must show.")
    private Optional<String> keyVariable;

    @Option(
            names = "--concurrency",
            defaultValue = "32",
            description = "Decode so many answers together; further ones wait.")
    private int concurrency;

    @Option(
            names = "--waiting",
            defaultValue = "256",
            description = "Let so many requests wait; further ones are refused with 429.")
    private int waiting;

    @Option(
            names = "--max-tokens",
            defaultValue = "1024",
            description = "New tokens at most, per answer, where a caller does not say.")
    private int maxTokens;

    @Option(names = "--max-body-mib", defaultValue = "64", description = "A request's body has so many MiB at most.")
    private int maxBody;

    @Mixin
    private PlacementOptions placement = new PlacementOptions();

    @Option(names = "--dry-run", description = "Say what would be served, and open nothing.")
    private boolean dryRun;

    @Override
    public int run(Console console) throws InterruptedException {
        Values.within("--max-body-mib", maxBody, 1, LARGEST_BODY);
        ModelServing serving = new ModelServing(
                model,
                name,
                folders(),
                new ServerSettings(
                        new ListenSettings(host, port, CONNECTIONS, maxBody << 20), concurrency, waiting, maxTokens),
                keyVariable,
                placement.choice());
        List<String> names = serving.plan().names();
        if (dryRun) {
            console.say("Would serve " + String.join(", ", names) + " on " + host + ", port " + port + ".");
            return ExitCode.DONE.number();
        }
        Path logs = Place.cache().resolve("serve");
        try (ModelServing.Opened opened = serving.open(System.getenv());
                RunLog log = RunLog.open(logs)) {
            log.say("serving " + String.join(", ", names) + " at "
                    + opened.server().base());
            serve(console, opened.server(), names);
        }
        return ExitCode.DONE.number();
    }

    private Map<String, Path> folders() {
        Map<String, Path> folders = new LinkedHashMap<>();
        for (String words : adapters) {
            int at = words.indexOf('=');
            if (at < 1 || at == words.length() - 1) {
                throw new InputException("--adapter is " + words + ": write NAME=DIR, the name that callers use and the"
                        + " folder of the adapter");
            }
            if (folders.put(words.substring(0, at), new HubFolder().convert(words.substring(at + 1))) != null) {
                throw new InputException("--adapter gives the name " + words.substring(0, at) + " twice");
            }
        }
        return folders;
    }

    /** Until Ctrl-C. */
    private void serve(Console console, ModelServer server, List<String> names) throws InterruptedException {
        console.say("Listening at " + server.base() + " as " + String.join(", ", names)
                + (keyVariable.isPresent() ? ", for callers who show the key" : "") + "; Ctrl-C ends it.");
        console.watch(progress -> progress.at(
                "serving",
                0,
                0,
                server.open() + " open, " + Counted.of(server.answered(), "request") + " answered with "
                        + Counted.of(server.tokens(), "token")));
        console.say("Closed; answered " + Counted.of(server.answered(), "request") + " with "
                + Counted.of(server.tokens(), "token") + ".");
    }
}
