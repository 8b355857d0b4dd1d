package org.espalier.srpo.group;

import java.nio.ByteBuffer;

/** One process, which has nobody to talk with. */
final class Alone implements ProcessGroup {
    @Override
    public int rank() {
        return 0;
    }

    @Override
    public int size() {
        return 1;
    }

    @Override
    public void send(int rank, ByteBuffer bytes) {
        throw new IllegalArgumentException("there is no process " + rank);
    }

    @Override
    public void receive(int rank, ByteBuffer into) {
        throw new IllegalArgumentException("there is no process " + rank);
    }

    @Override
    public void check() {
        // Nobody can be lost.
    }

    @Override
    public void fail(RuntimeException why) {
        // Nobody waits.
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
