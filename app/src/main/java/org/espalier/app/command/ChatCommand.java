package org.espalier.app.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.espalier.app.console.Console;
import org.espalier.app.console.Conversation;
import org.espalier.app.console.Interruption;
import org.espalier.core.InputException;
import org.espalier.core.Sampling;
import org.espalier.model.GenerationDefaults;
import org.espalier.model.generate.LocalModel;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier chat}. */
@Command(
        name = "chat",
        description = "Asks a model, once with TEXT, else line by line: then /image FILE shows a picture with the next"
                + " question, /new begins again, /quit or the end of the input ends.")
final class ChatCommand implements Callable<Integer> {
    private final Console console;
    private final Interruption interruption;

    @Option(names = "--model", required = true, paramLabel = "DIR", description = "The folder of a model.")
    private Path model;

    @Option(names = "--adapter", paramLabel = "DIR", description = "The folder of an adapter (PEFT).")
    private Optional<Path> adapter;

    @Mixin
    private PlacementOptions placement = new PlacementOptions();

    @Option(names = "--image", paramLabel = "FILE", description = "A picture to ask about; may be repeated.")
    private List<Path> images = List.of();

    @Option(
            names = "--max-tokens",
            defaultValue = "512",
            paramLabel = "N",
            description = "New tokens at most, per answer (default ${DEFAULT-VALUE}).")
    private int maxTokens;

    @Option(
            names = "--greedy",
            description =
                    "Always the likeliest token, and no penalty, whatever the model's generation_config.json says.")
    private boolean greedy;

    @Option(names = "--seed", defaultValue = "0", paramLabel = "N", description = "Names the random numbers.")
    private long seed;

    @Parameters(arity = "0..*", paramLabel = "TEXT", description = "What to ask.")
    private List<String> text = List.of();

    ChatCommand(Console console, Interruption interruption) {
        this.console = console;
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws IOException {
        if (maxTokens < 1) {
            throw new InputException("--max-tokens is at least 1, not " + maxTokens);
        }
        images.forEach(Conversation::requirePicture);
        Sampling sampling = greedy
                ? Sampling.at(0, maxTokens, seed)
                : GenerationDefaults.read(model).sampling(maxTokens, List.of(), seed);
        try (LocalModel opened = LocalModel.open(model, adapter, placement.choice())) {
            Conversation conversation =
                    new Conversation((request, heard) -> opened.reply(request, sampling, heard), this::show);
            images.forEach(conversation::show);
            if (text.isEmpty()) {
                talk(conversation);
            } else {
                conversation.answer(String.join(" ", text));
            }
            return ExitCode.DONE.number();
        } catch (CancellationException e) {
            console.say("");
            return ExitCode.INTERRUPTED.number();
        }
    }

    /** Prints a piece of an answer at once; Ctrl-C is heard between pieces. */
    private void show(String piece) {
        interruption.check();
        console.write(piece);
    }

    private void talk(Conversation conversation) throws IOException {
        console.say("A line is a question. /image FILE shows a picture, /new begins again, /quit ends.");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = next(in); line != null; line = next(in)) {
            String said = line.strip();
            if (said.equals("/quit")) {
                return;
            }
            if (!said.isEmpty()) {
                conversation.take(said);
            }
        }
    }

    private @Nullable String next(BufferedReader in) throws IOException {
        if (CommandLines.terminal()) {
            show("> ");
        }
        interruption.resting(true);
        try {
            return in.readLine();
        } finally {
            interruption.resting(false);
        }
    }
}
