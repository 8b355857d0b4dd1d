package org.espalier.app.work;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.espalier.core.ChatModel;
import org.espalier.core.InputException;
import org.espalier.core.Sampling;
import org.espalier.core.Turn;
import org.espalier.model.picture.PictureReader;

/** A conversation with a model, turn by turn. */
public final class Conversation {
    private static final String IMAGE = "/image";

    private final ChatModel model;
    private final Sampling sampling;
    private final List<Turn> turns = new ArrayList<>();
    private final List<Path> shown = new ArrayList<>();
    private int answers;

    public Conversation(ChatModel model, Sampling sampling) {
        this.model = model;
        this.sampling = sampling;
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

    /** Takes a line that a person wrote, a command or a question, and says what to print. A mistake ends nothing. */
    public String take(String line) {
        try {
            if (line.equals("/new")) {
                turns.clear();
                shown.clear();
                return "A new conversation.";
            }
            if (line.startsWith(IMAGE)) {
                Path picture = Path.of(line.substring(IMAGE.length()).strip());
                show(picture);
                return picture + " is shown with the next question.";
            }
            if (line.startsWith("/")) {
                return "There is no command " + line + ": /image FILE, /new and /quit are known.";
            }
            return answer(line);
        } catch (InputException | InvalidPathException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** Asks, and remembers question and answer. */
    public String answer(String question) {
        List<Turn> asked = new ArrayList<>(turns);
        asked.add(new Turn(Turn.Role.USER, shown, question));
        ChatModel.Request request = new ChatModel.Request("chat", answers, asked);
        return switch (model.reply(List.of(request), sampling).getFirst()) {
            case ChatModel.Reply.Said said -> {
                answers++;
                turns.clear();
                turns.addAll(asked);
                turns.add(Turn.assistant(said.text()));
                shown.clear();
                yield said.complete() ? said.text() : said.text() + " ... (cut off: --max-tokens)";
            }
            case ChatModel.Reply.Failed failed -> throw new InputException(failed.reason());
        };
    }
}
