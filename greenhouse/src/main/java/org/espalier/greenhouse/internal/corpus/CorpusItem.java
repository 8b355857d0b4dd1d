package org.espalier.greenhouse.internal.corpus;

import java.util.List;

/**
 * One training text of the base model.
 *
 * @param messages a conversation; its last message is the assistant's and the only one with a loss
 */
public record CorpusItem(Kind kind, List<Message> messages) {
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
