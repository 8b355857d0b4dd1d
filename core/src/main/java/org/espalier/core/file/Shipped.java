package org.espalier.core.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files that come in a room's jar. */
public final class Shipped {
    private static final Pattern SLOT = Pattern.compile("\\{(\\w+)}");

    private Shipped() {}

    /**
     * The bytes of one.
     *
     * @param beside a class of its room
     * @param name beside the class, or from a slash on
     */
    public static byte[] bytes(Class<?> beside, String name) {
        try (InputStream in = beside.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing beside " + beside.getName());
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text of one, which is UTF-8. */
    public static String text(Class<?> beside, String name) {
        return new String(bytes(beside, name), StandardCharsets.UTF_8);
    }

    /** The text of one, a value in place of each name in braces. */
    public static String text(Class<?> beside, String name, Map<String, ?> values) {
        return SLOT.matcher(text(beside, name))
                .replaceAll(
                        slot -> Matcher.quoteReplacement(Objects.requireNonNull(values.get(slot.group(1)), slot.group())
                                .toString()));
    }
}
