package org.espalier.core.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.espalier.core.InputException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** A file that is one JSON object and fits in memory: a configuration, an index, a record. */
public final class JsonFile {
    private static final long MOST_BYTES = 100_000_000;

    private JsonFile() {}

    /**
     * Reads the object.
     *
     * @param advice what the file should be or what to do; ends each sentence
     * @throws InputException if it is missing, longer than 100 MB or not an object
     */
    public static ObjectNode read(Path file, String advice) {
        try {
            if (Files.isRegularFile(file) && Files.size(file) > MOST_BYTES) {
                throw new InputException(file + " is longer than %,d bytes; ".formatted(MOST_BYTES) + advice);
            }
            if (Json.parse(TextFile.read(file)) instanceof ObjectNode object) {
                return object;
            }
            throw new InputException(file + " is not a JSON object; " + advice);
        } catch (JacksonException e) {
            throw new InputException(file + " " + Json.complaint(e) + "; " + advice, e);
        } catch (IOException e) {
            RuntimeException trouble = FileTrouble.reading(file, e);
            throw trouble instanceof InputException
                    ? new InputException(trouble.getMessage() + "; " + advice, e)
                    : trouble;
        }
    }
}
