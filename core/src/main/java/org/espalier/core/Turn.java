package org.espalier.core;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One message of a conversation.
 *
 * @param textFirst whether the text stands before the pictures; a family whose chat template knows one order keeps to it
 */
public record Turn(Role role, List<Path> images, String text, boolean textFirst) {
    /** Who speaks. */
    public enum Role implements Labelled {
        SYSTEM,
        USER,
        ASSISTANT
    }

    public Turn {
        images = List.copyOf(images);
    }

    /** With its pictures before the text. */
    public Turn(Role role, List<Path> images, String text) {
        this(role, images, text, false);
    }

    public static Turn user(Question question) {
        return new Turn(Role.USER, java.util.List.of(question.image()), question.query());
    }

    public static Turn assistant(String text) {
        return new Turn(Role.ASSISTANT, java.util.List.of(), text);
    }

    /**
     * A conversation with what was said to it, asking for the JSON object again.
     *
     * @param why it cannot be used, one clause
     */
    public static List<Turn> again(List<Turn> conversation, String said, String why) {
        List<Turn> longer = new ArrayList<>(conversation);
        longer.add(assistant(said.isBlank() ? "(nothing)" : said));
        longer.add(new Turn(
                Role.USER,
                List.of(),
                "That answer cannot be used: " + why + ". Give the whole JSON object again, corrected."));
        return longer;
    }
}
