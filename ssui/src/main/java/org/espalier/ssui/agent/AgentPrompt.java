package org.espalier.ssui.agent;

import java.nio.file.Path;
import org.espalier.core.InputException;
import org.espalier.core.file.Sha256;
import org.espalier.core.file.Shipped;
import org.espalier.core.file.TextFile;

/**
 * What an agent is told to do: the system's turn of each of its conversations.
 *
 * @param sha256 of the text, as provenance names it
 */
public record AgentPrompt(String text, String sha256) {
    /** The prompt that ships for an agent. */
    public static AgentPrompt shipped(String agent) {
        return of(Shipped.text(AgentPrompt.class, "/org/espalier/ssui/agent/" + agent + ".md"));
    }

    /** One of your own: plain text or Markdown, sent as it stands. */
    public static AgentPrompt read(Path file) {
        String text = TextFile.read(file);
        if (text.isBlank()) {
            throw new InputException(file + " is empty where a prompt is needed");
        }
        return of(text);
    }

    private static AgentPrompt of(String text) {
        String stripped = text.strip();
        return new AgentPrompt(stripped, Sha256.of(stripped));
    }
}
