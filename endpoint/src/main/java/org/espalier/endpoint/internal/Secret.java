package org.espalier.endpoint.internal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.espalier.core.InputException;
import org.espalier.core.file.OwnerOnly;
import org.espalier.core.file.TextFile;

/** A key. It is sent, and nowhere else to be seen. */
public final class Secret {
    /** For servers that want none. */
    public static final Secret NONE = new Secret("");

    private static final String STARS = "***";
    /** What keys of others look like, whole or shortened by a server that quotes one. */
    private static final Pattern KEY_LIKE =
            Pattern.compile("\\b(?:sk|pk|rk|hf|gsk|xai|key|AIza)[-_]?[A-Za-z0-9_*.-]{12,}");

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /**
     * From the environment.
     *
     * @throws InputException if the variable is not set, or holds what no header may
     */
    public static Secret inVariable(String name, Map<String, String> environment) {
        return Optional.ofNullable(environment.get(name))
                .map(String::strip)
                .filter(key -> !key.isEmpty())
                .map(key -> of(key, "the environment variable " + name))
                .orElseThrow(() -> new InputException("the environment variable " + name
                        + ", which is to hold a key, is not set: set it and run the same command"));
    }

    /**
     * From a file that holds nothing else.
     *
     * @throws InputException if it holds no key, or one that every other user of this machine knows too
     */
    public static Secret inFile(Path file) {
        String key = TextFile.read(file).strip();
        if (OwnerOnly.everybodyMayRead(file)) {
            throw new InputException(
                    "everybody on this machine may read " + file
                            + ", which holds a key: take that right away (chmod 600), or name an environment variable with key-env");
        }
        if (key.isEmpty()) {
            throw new InputException(file + ", which is to hold a key, is empty");
        }
        return of(key, file.toString());
    }

    private static Secret of(String key, String where) {
        if (!key.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new InputException(where + " does not hold a key: keys are one word of plain letters");
        }
        return new Secret(key);
    }

    Optional<String> value() {
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    /** A text without this key, and without what looks like another. */
    public String redact(String text) {
        String without = value.isEmpty() ? text : text.replace(value, STARS);
        return KEY_LIKE.matcher(without).replaceAll(STARS);
    }

    /** A body without this key. */
    byte[] redact(byte[] body) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        return value.isEmpty() || !text.contains(value)
                ? body
                : text.replace(value, STARS).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        return STARS;
    }
}
