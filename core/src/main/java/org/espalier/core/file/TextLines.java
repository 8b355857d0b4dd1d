package org.espalier.core.file;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.espalier.core.InputException;

/** The lines of a text in UTF-8, one at a time, on demand, without what ends them. Not thread-safe. */
public final class TextLines implements AutoCloseable {
    /** Characters of a line at most: whoever reads lines one at a time trusts that each fits into memory. */
    static final int LONGEST = 64 << 20;

    private final Path file;
    private final BufferedReader in;
    private long number;
    private boolean afterReturn;

    /** @throws InputException if it is no file that lines can be read from, or a line is not the one that was written */
    public TextLines(Path file) throws IOException {
        this.file = file;
        FileTrouble.refusePipe(file);
        LineChecksums.check(file);
        in = Files.newBufferedReader(file, StandardCharsets.UTF_8);
    }

    /**
     * The next line; empty at the end.
     *
     * @throws InputException if it is longer than any line that is meant
     */
    public Optional<String> next() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int read = first(); read >= 0; read = in.read()) {
            if (read == '\n' || read == '\r') {
                afterReturn = read == '\r';
                return counted(line);
            }
            if (line.length() == LONGEST) {
                throw new InputException(file + ", line " + (number + 1) + " is longer than " + LONGEST
                        + " characters: this is not a file of lines");
            }
            line.append((char) read);
        }
        return line.isEmpty() ? Optional.empty() : counted(line);
    }

    /** Of a line end in two characters the second is passed over. */
    private int first() throws IOException {
        int read = in.read();
        boolean second = afterReturn && read == '\n';
        afterReturn = false;
        return second ? in.read() : read;
    }

    private Optional<String> counted(StringBuilder line) {
        number++;
        return Optional.of(line.toString());
    }

    /** Number of the line that was read last, from 1; 0 before the first. */
    public long number() {
        return number;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
