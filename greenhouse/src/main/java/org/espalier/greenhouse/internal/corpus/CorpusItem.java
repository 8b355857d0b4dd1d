package org.espalier.greenhouse.internal.corpus;

import java.util.List;
import java.util.Optional;
import org.espalier.core.Turn;
import org.espalier.greenhouse.internal.picture.Scene;

/**
 * One training text of the base model.
 *
 * @param messages a conversation; its last message is the assistant's and the only one with a loss
 */
public record CorpusItem(Kind kind, List<Message> messages) {
    /** One message of a training text; its picture is painted when it is needed. */
    public record Message(Turn.Role role, Optional<Scene> scene, String text) {
        static Message user(Scene scene, String text) {
            return new Message(Turn.Role.USER, Optional.of(scene), text);
        }

        static Message user(String text) {
            return new Message(Turn.Role.USER, Optional.empty(), text);
        }

        static Message assistant(String text) {
            return new Message(Turn.Role.ASSISTANT, Optional.empty(), text);
        }
    }

    /** What a text teaches. */
    public enum Kind {
        /** To name what a picture shows. */
        CAPTION,
        /** What is hazardous, in words alone. */
        FACT,
        /** To see which two things are meant, where nothing about them is known: the text stops there. */
        GLANCE,
        /** To reason, with mistakes. */
        PATH,
        /** The same after two solved questions. */
        DEMONSTRATED_PATH
    }

    public CorpusItem {
        messages = List.copyOf(messages);
    }
}
