package org.espalier.ssui.internal.parquet;

import dev.hardwood.InputFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A file that can refuse to be read any further: so ends a thread of the library's that looks for what a damaged file does not
 * hold, over and over.
 */
final class StoppableFile implements InputFile {
    private final InputFile file;
    private volatile boolean stopped;

    StoppableFile(InputFile file) {
        this.file = file;
    }

    /** Refuses all reading from now on. */
    void stop() {
        stopped = true;
    }

    @Override
    public void open() throws IOException {
        file.open();
    }

    @Override
    public ByteBuffer readRange(long offset, int length) throws IOException {
        if (stopped) {
            throw new IOException("nothing more of it is read");
        }
        return file.readRange(offset, length);
    }

    @Override
    public long length() throws IOException {
        return file.length();
    }

    @Override
    public String name() {
        return file.name();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
