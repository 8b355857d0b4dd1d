package org.espalier.core;

import java.nio.file.Path;
import java.util.List;

/** One message of a conversation. Pictures stand before the text. */
public record Turn(Role role, List<Path> images, String text) {
    /** Who speaks. */
    public enum Role {
        SYSTEM,
        USER,
        ASSISTANT
    }

    public Turn {
        images = List.copyOf(images);
    }

    public static Turn user(Question question) {
        return new Turn(Role.USER, java.util.List.of(question.image()), question.query());
    }

    public static Turn assistant(String text) {
        return new Turn(Role.ASSISTANT, java.util.List.of(), text);
    }
}
