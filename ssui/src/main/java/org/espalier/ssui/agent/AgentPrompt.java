package org.espalier.ssui.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.espalier.core.InputException;
import org.espalier.core.file.Sha256;
import org.espalier.core.file.TextFile;

/**
 * What an agent is told to do: the system's turn of each of its conversations.
 *
 * @param sha256 of the text, as provenance names it
 */
public record AgentPrompt(String text, String sha256) {
    /** The prompt that ships for an agent. */
    public static AgentPrompt shipped(String agent) {
        String name = "/org/espalier/ssui/agent/" + agent + ".md";
        try (InputStream in = AgentPrompt.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the ssui module");
            }
            return of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
