package org.espalier.core.text;

import org.espalier.core.file.Json;
import org.espalier.core.file.Sha256;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sets data apart from instructions: on one line, as JSON in which no angle bracket stands bare, between two lines that
 * carry a mark made from the data. Nothing inside can close the fence, since no bracket can stand there and nobody can
 * write a text that holds its own hash.
 *
 * @param text the data, fenced: three lines
 * @param mark made from the data; an answer that repeats it was not written by the data
 */
public record Fence(String text, String mark) {
    /** Fences data. */
    public static Fence around(ObjectNode data) {
        String line = Json.line(data).replace("<", "\\u003c").replace(">", "\\u003e");
        String mark = Sha256.of(line).substring(0, 16);
        return new Fence("<<<data " + mark + ">>>\n" + line + "\n<<<end " + mark + ">>>", mark);
    }
}
