package org.espalier.ssui.agent;

import org.espalier.core.file.Json;
import org.espalier.core.file.Sha256;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sets data apart from instructions: on one line, as JSON in which no angle bracket stands bare, between two lines that
 * carry a mark made from the data. Nothing inside can close the fence, since no bracket can stand there and nobody can
 * write a text that holds its own hash.
 */
final class Fence {
    private Fence() {}

    /** The data, fenced. */
    static String around(ObjectNode data) {
        String line = Json.line(data).replace("<", "\\u003c").replace(">", "\\u003e");
        String mark = Sha256.of(line).substring(0, 16);
        return "<<<data " + mark + ">>>\n" + line + "\n<<<end " + mark + ">>>";
    }
}
