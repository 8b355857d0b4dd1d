package org.espalier.ssui.intake;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file as a stream that knows how far it was read, so that progress has an end to look to. */
final class CountedStream extends FilterInputStream {
    private final long size;
    private long done;

    private CountedStream(InputStream in, long size) {
        super(in);
        this.size = size;
    }

    static CountedStream of(Path file) throws IOException {
        return new CountedStream(Files.newInputStream(file), Files.size(file));
    }

    @Override
    public int read() throws IOException {
        int b = in.read();
        done += b < 0 ? 0 : 1;
        return b;
    }

    @Override
    public int read(byte[] bytes, int from, int most) throws IOException {
        int n = in.read(bytes, from, most);
        done += Math.max(n, 0);
        return n;
    }

    /** Mebibytes read so far, less one, so that no report but the last is the end. */
    long done() {
        return Math.max(0, Math.min(done >> 20, total() - 1));
    }

    /** Mebibytes in all, at least one. */
    long total() {
        return (size >> 20) + 1;
    }
}
