package org.espalier.picture.internal;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;

/** Bytes in memory that can be read until the deadline. */
final class TimedInput extends FilterInputStream {
    private final Deadline deadline;

    TimedInput(byte[] bytes, Deadline deadline) {
        super(new ByteArrayInputStream(bytes));
        this.deadline = deadline;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (deadline.passed()) {
            throw new IOException("too late");
        }
        return super.read(into, from, length);
    }
}
