package org.espalier.hub.repository;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.espalier.core.InputException;
import org.espalier.core.file.TextFile;

/** A token that a hub knows a person by. It is sent to the hub alone, and shown nowhere. */
public final class HubToken {
    private final String value;
    private final String source;

    private HubToken(String value, String source) {
        this.value = value;
        this.source = source;
        if (!value.matches("[\\x21-\\x7e]{1,4096}")) {
            throw new InputException("the token in " + source
                    + " holds blanks or letters that no token has: see what is" + " stored there");
        }
    }

    /** A token that is known. */
    public static HubToken of(String value, String source) {
        return new HubToken(value, source);
    }

    /** The token in a file, which holds nothing else; empty where there is no such file, or nothing in it. */
    static Optional<HubToken> in(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        String text = TextFile.read(file).strip();
        return text.isEmpty() ? Optional.empty() : Optional.of(new HubToken(text, file.toString()));
    }

    /** As the header has it. */
    public String header() {
        return "Bearer " + value;
    }

    /** Where it was found. */
    public String source() {
        return source;
    }

    /** The same text with stars where it quotes the token. */
    public String redact(String text) {
        return text.replace(value, "***");
    }

    @Override
    public String toString() {
        return "***";
    }
}
