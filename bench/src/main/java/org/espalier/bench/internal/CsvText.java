package org.espalier.bench.internal;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedInputStream;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.espalier.core.InputException;
import org.espalier.core.file.FileTrouble;

/**
 * The characters of a table: UTF-8, or UTF-16 where a byte order mark says so. Bytes that are no text are refused, where a
 * parser would take a sign for them; so is a quotation mark that is never closed, behind which all rows would be one text.
 */
final class CsvText extends FilterReader {
    private final Path file;
    private Optional<CsvRecord> last = Optional.empty();
    private long quotes;

    private CsvText(Path file, Reader text) {
        super(text);
        this.file = file;
    }

    /** Hands every record of a file to {@code each}, as {@code parser} finds them in its text. */
    static <R extends CsvRecord> void records(Path file, Function<Reader, CsvReader<R>> parser, Consumer<R> each) {
        try (CsvText text = open(file);
                CsvReader<R> records = parser.apply(text)) {
            for (R record : records) {
                text.last = Optional.of(record);
                each.accept(record);
            }
            text.requireClosed();
        } catch (CsvParseException | UncheckedIOException e) {
            throw trouble(file, e);
        } catch (IOException e) {
            throw FileTrouble.reading(file, e);
        }
    }

    private static CsvText open(Path file) throws IOException {
        FileTrouble.refusePipe(file);
        InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        in.mark(3);
        byte[] head = in.readNBytes(3);
        in.reset();
        int first = head.length < 2 ? 0 : (head[0] & 255) << 8 | head[1] & 255;
        Charset set = first == 0xFEFF
                ? StandardCharsets.UTF_16BE
                : first == 0xFFFE ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8;
        boolean marked = first == 0xEFBB && head.length == 3 && (head[2] & 255) == 0xBF;
        in.skipNBytes(marked ? 3 : set == StandardCharsets.UTF_8 ? 0 : 2);
        return new CsvText(file, new InputStreamReader(in, set.newDecoder()));
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        quotes += read == '"' ? 1 : 0;
        return read;
    }

    @Override
    public int read(char[] into, int from, int length) throws IOException {
        int read = super.read(into, from, length);
        for (int i = from; i < from + read; i++) {
            quotes += into[i] == '"' ? 1 : 0;
        }
        return read;
    }

    /** @throws InputException if the last row was ended by the end of the file alone */
    private void requireClosed() {
        if (quotes % 2 == 1) {
            last.filter(record -> record.getFields().stream().anyMatch(field -> field.indexOf('\n') >= 0))
                    .ifPresent(record -> {
                        throw new InputException(file + ", line " + record.getStartingLineNumber()
                                + " has a quotation mark that is never closed: all that follows it would be one text");
                    });
        }
    }

    /** What to throw for what the parser throws. */
    private static RuntimeException trouble(Path file, RuntimeException thrown) {
        Throwable deepest = thrown;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException e) {
                return FileTrouble.reading(file, e);
            }
            deepest = cause;
        }
        if (!(thrown instanceof CsvParseException)) {
            return thrown;
        }
        String where = String.valueOf(thrown.getMessage()).replaceFirst("^Exception when reading ", "in the ");
        String what = deepest == thrown ? "" : ": " + deepest.getMessage();
        return new InputException(file + " cannot be read as a table, " + where + what, thrown);
    }
}
