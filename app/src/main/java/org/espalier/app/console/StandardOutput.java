package org.espalier.app.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;

/** Where a command prints, which remembers that something could not be printed. */
public final class StandardOutput extends FilterOutputStream {
    private Optional<IOException> failure = Optional.empty();

    /** The process's own. */
    public StandardOutput() {
        this(new FileOutputStream(FileDescriptor.out));
    }

    StandardOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            failure = failure.or(() -> Optional.of(e));
            throw e;
        }
    }

    /** What was lost, in a sentence; empty if nothing was, or if whoever read it had enough ({@code | head}). */
    public Optional<String> lost() {
        return failure.map(e -> String.valueOf(e.getMessage()))
                .filter(said -> !said.toLowerCase(Locale.ROOT).contains("broken pipe"))
                .map(said -> "what was printed could not be written in full (" + said
                        + "): free some space, or print to another place");
    }
}
