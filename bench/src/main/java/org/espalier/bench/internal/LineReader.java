package org.espalier.bench.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.espalier.core.InputException;
import org.espalier.core.file.Fields;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.Problems;
import org.espalier.core.file.TextLines;

/** Reads a file of JSON lines one at a time, on demand; blank lines are passed over. */
public final class LineReader<T> implements AutoCloseable {
    private final Path file;
    private final Function<Fields, T> read;
    private final TextLines in;

    public LineReader(Path file, Function<Fields, T> read) {
        this.file = file;
        this.read = read;
        in = FileTrouble.reading(file, () -> new TextLines(file));
    }

    /** The next line; empty at the end. */
    public Optional<T> next() {
        return FileTrouble.reading(file, () -> {
            for (Optional<String> line = in.next(); line.isPresent(); line = in.next()) {
                Problems problems = new Problems(file);
                Optional<T> value =
                        Fields.of(unmarked(line.get()), number(), problems).map(read);
                problems.throwIfAny();
                if (value.isPresent()) {
                    return value;
                }
            }
            return Optional.empty();
        });
    }

    /** Without the byte order mark that an editor may have put at the beginning. */
    private String unmarked(String line) {
        return number() == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line;
    }

    /** Number of the line that was read last, from 1; 0 before the first. */
    public long number() {
        return in.number();
    }

    /** A line that does not belong where it stands. */
    public InputException misplaced(String what) {
        return new InputException(file + ", line " + number() + " " + what);
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
