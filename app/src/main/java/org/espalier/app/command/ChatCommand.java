package org.espalier.app.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.espalier.app.console.Console;
import org.espalier.app.console.Conversation;
import org.espalier.app.console.Interruption;
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
final class ChatCommand implements Verb {
    private final Interruption interruption;

    @Option(
            names = "--model",
            required = true,
            converter = HubFolder.class,
            paramLabel = "DIR",
            description = "The folder of a model, or its name on a hub (see pull).")
    private Path model;

    @Option(
            names = "--adapter",
            converter = HubFolder.class,
            paramLabel = "DIR",
            description = "The folder of an adapter (PEFT).")
    private Optional<Path> adapter;

    @Mixin
    private PlacementOptions placement = new PlacementOptions();

    @Option(names = "--image", description = "A picture to ask about; may be repeated.")
    private List<Path> images = List.of();

    @Option(names = "--max-tokens", defaultValue = "512", description = "New tokens at most, per answer.")
    private int maxTokens;

    @Option(
            names = "--greedy",
            description =
                    "Always the likeliest token, and no penalty, whatever the model's generation_config.json says.")
    private boolean greedy;

    @Option(names = "--seed", defaultValue = "0", description = "Names the random numbers.")
    private long seed;

    @Parameters(arity = "0..*", paramLabel = "TEXT", description = "What to ask.")
    private List<String> text = List.of();

    ChatCommand(Interruption interruption) {
        this.interruption = interruption;
    }

    @Override
    public int run(Console console) throws IOException {
        Values.atLeast("--max-tokens", maxTokens, 1);
        images.forEach(Conversation::requirePicture);
        Sampling sampling = greedy
                ? Sampling.at(0, maxTokens, seed)
                : GenerationDefaults.read(model).sampling(maxTokens, List.of(), seed);
        try (LocalModel opened = LocalModel.open(model, adapter, placement.choice())) {
            Conversation conversation = new Conversation(
                    (request, heard) -> opened.reply(request, sampling, heard), it -> show(console, it), console::warn);
            images.forEach(conversation::show);
            if (text.isEmpty()) {
                talk(console, conversation);
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
    private void show(Console console, String piece) {
        interruption.check();
        console.write(piece);
    }

    private void talk(Console console, Conversation conversation) throws IOException {
        console.say("A line is a question. /image FILE shows a picture, /new begins again, /quit ends.");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = next(console, in); line != null; line = next(console, in)) {
            String said = line.strip();
            if (said.equals("/quit")) {
                return;
            }
            if (!said.isEmpty()) {
                conversation.take(said);
            }
        }
    }

    private @Nullable String next(Console console, BufferedReader in) throws IOException {
        if (CommandLines.terminal()) {
            show(console, "> ");
        }
        interruption.resting(true);
        try {
            return in.readLine();
        } finally {
            interruption.resting(false);
        }
    }
}
