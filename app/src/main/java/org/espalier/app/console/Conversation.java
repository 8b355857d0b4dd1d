package org.espalier.app.console;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.espalier.core.ChatModel;
import org.espalier.core.InputException;
import org.espalier.core.Turn;
import org.espalier.picture.PictureReader;

/** A conversation with a model, turn by turn. */
public final class Conversation {
    private static final String IMAGE = "/image";

    /** Answers one request and hands on the words as they come; together they are the reply. */
    private final BiFunction<ChatModel.Request, Consumer<String>, ChatModel.Reply> model;

    private final Consumer<String> out;
    private final Consumer<String> aside;
    private final List<Turn> turns = new ArrayList<>();
    private final List<Path> shown = new ArrayList<>();
    private int answers;

    /**
     * @param out takes what a person is to see, in pieces that bring their own line ends
     * @param aside takes a line about an answer, which is no part of it
     */
    public Conversation(
            BiFunction<ChatModel.Request, Consumer<String>, ChatModel.Reply> model,
            Consumer<String> out,
            Consumer<String> aside) {
        this.model = model;
        this.out = out;
        this.aside = aside;
    }

    /**
     * Reads a picture's header.
     *
     * @throws InputException if it is no picture
     */
    public static void requirePicture(Path file) {
        new PictureReader().size(file);
    }

    /** Shows a picture with the next question. */
    public void show(Path picture) {
        requirePicture(picture);
        shown.add(picture);
    }

    /** Takes a line that a person wrote, a command or a question. A mistake is told and ends nothing. */
    public void take(String line) {
        try {
            if (line.equals("/new")) {
                turns.clear();
                shown.clear();
                say("A new conversation.");
            } else if (line.startsWith(IMAGE + " ")) {
                Path picture = Path.of(line.substring(IMAGE.length()).strip());
                show(picture);
                say(picture + " is shown with the next question.");
            } else if (line.startsWith("/")) {
                say("There is no command " + line + ": /image FILE, /new and /quit are known.");
            } else {
                answer(line);
            }
        } catch (InputException | InvalidPathException e) {
            say(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Asks, and remembers question and answer.
     *
     * @throws InputException if it cannot be asked; it is forgotten then, and its pictures with it
     */
    public void answer(String question) {
        List<Turn> asked = new ArrayList<>(turns);
        asked.add(new Turn(Turn.Role.USER, shown, question));
        shown.clear();
        switch (model.apply(new ChatModel.Request("chat", answers, asked), out)) {
            case ChatModel.Reply.Said said -> {
                answers++;
                turns.clear();
                turns.addAll(asked);
                turns.add(Turn.assistant(said.text()));
                say("");
                if (!said.complete()) {
                    aside.accept("(cut off: --max-tokens)");
                }
            }
            case ChatModel.Reply.Failed failed -> throw new InputException(failed.reason());
            case ChatModel.Reply.Blocked blocked -> throw new InputException(blocked.reason());
        }
    }

    private void say(String line) {
        out.accept(line + System.lineSeparator());
    }
}
