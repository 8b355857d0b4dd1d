package org.espalier.bench.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.espalier.core.InputException;
import org.espalier.core.file.Fields;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.Problems;

/** Reads a file of JSON lines one at a time, on demand. */
final class LineReader<T> implements AutoCloseable {
    private final Path file;
    private final Function<Fields, T> read;
    private final BufferedReader in;
    private long number;

    LineReader(Path file, Function<Fields, T> read) {
        this.file = file;
        this.read = read;
        try {
            in = Files.newBufferedReader(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw FileTrouble.reading(file, e);
        }
    }

    /** The next line; empty at the end. */
    Optional<T> next() {
        try {
            String line = in.readLine();
            if (line == null) {
                return Optional.empty();
            }
            number++;
            Problems problems = new Problems(file);
            Optional<T> value = Fields.of(line, number, problems).map(read);
            problems.throwIfAny();
            return value;
        } catch (IOException e) {
            throw FileTrouble.reading(file, e);
        }
    }

    /** A line that does not belong where it stands. */
    InputException stranger(String what) {
        return new InputException(file + ", line " + number + " " + what);
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw FileTrouble.reading(file, e);
        }
    }
}
