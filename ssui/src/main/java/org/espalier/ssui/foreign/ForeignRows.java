package org.espalier.ssui.foreign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.espalier.core.InputException;
import org.espalier.core.file.Fields;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.Json;
import org.espalier.core.file.JsonLines;
import org.espalier.core.file.PictureFile;
import org.espalier.core.file.Problems;
import org.espalier.core.file.TextFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The rows of a data file, whatever its form: lines of JSON, one JSON array, Parquet.
 *
 * @param given the file
 * @param lines where its rows are read: the file itself, or what Parquet was unpacked to
 */
record ForeignRows(Path given, Path lines) {
    /** @throws InputException if there is no such file, or it is Parquet that cannot be read */
    static ForeignRows of(Path given) {
        return new ForeignRows(given, QuestionFile.lines(given));
    }

    /** Finds their pictures. */
    PictureFile pictures() {
        return new PictureFile(lines);
    }

    /** Hands over each; a record of an array, and a row of Parquet, counts as a line. */
    void each(Problems problems, Consumer<Fields> each) {
        if (isArray()) {
            long number = 0;
            for (JsonNode record : array()) {
                Fields.of(Json.line(record), ++number, problems).ifPresent(each);
            }
        } else {
            JsonLines.read(lines, problems, each);
        }
    }

    private boolean isArray() {
        FileTrouble.refusePipe(lines);
        try (var reader = Files.newBufferedReader(lines)) {
            int first = reader.read();
            while (first == '\uFEFF' || Character.isWhitespace(first)) {
                first = reader.read();
            }
            return first == '[';
        } catch (java.nio.charset.CharacterCodingException e) {
            return false; // the reader of lines says where
        } catch (IOException e) {
            throw FileTrouble.reading(lines, e);
        }
    }

    private JsonNode array() {
        try {
            return Json.ofFile(TextFile.read(lines));
        } catch (JacksonException e) {
            throw new InputException(given + " " + Json.complaint(e), e);
        }
    }
}
