package org.espalier.greenhouse.internal.corpus;

import java.util.Optional;
import org.espalier.core.Turn;
import org.espalier.greenhouse.internal.picture.Scene;

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
