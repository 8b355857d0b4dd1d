package org.espalier.core.file;

import java.nio.file.Path;
import org.espalier.core.InputException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A file that is one JSON object and fits in memory: a configuration, an index, a record. */
public final class JsonFile {
    private static final int MOST_BYTES = 100_000_000;

    private JsonFile() {}

    /**
     * Reads the object.
     *
     * @param advice what the file should be or what to do; ends each sentence
     * @throws InputException if it is missing, longer than 100 MB or not an object
     */
    public static ObjectNode read(Path file, String advice) {
        try {
            if (Json.parse(TextFile.read(file, MOST_BYTES)) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw new InputException(file + " " + Json.complaint(e) + "; " + advice, e);
        } catch (InputException e) {
            throw new InputException(e.getMessage() + "; " + advice, e);
        }
        throw new InputException(file + " is not a JSON object; " + advice);
    }

    /**
     * Reads the object as a record that {@link Json#tree} wrote.
     *
     * @param advice what the file should be or what to do; ends each sentence
     * @throws InputException if it is missing, or no such record
     */
    public static <T> T read(Path file, Class<T> kind, String advice) {
        try {
            return Json.as(read(file, advice), kind);
        } catch (JacksonException e) {
            throw new InputException(file + " is not what was written: " + e.getOriginalMessage() + "; " + advice, e);
        }
    }

    /**
     * The value that a file is, of whatever kind; a byte order mark is passed over.
     *
     * @throws InputException if it is missing or not JSON
     */
    public static JsonNode value(Path file) {
        String text = TextFile.read(file);
        try {
            return Json.ofFile(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (JacksonException e) {
            throw new InputException(file + " " + Json.complaint(e), e);
        }
    }
}
