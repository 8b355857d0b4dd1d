package org.espalier.srpo.group;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Processes that work on one thing together, numbered from 0. The first one talks with each of the others, and these with it
 * alone. All must ask for the same in the same order. One thread of a process at a time sends and receives.
 *
 * <p>Where one is lost or fails, every method of every other throws what became of it, at once where it waits.
 */
public interface ProcessGroup extends AutoCloseable {
    /** One process by itself, which has nobody to talk with. */
    static ProcessGroup alone() {
        return SocketGroup.of(Meeting.name(0, 1), 0, 1, Map.of());
    }

    /** The number of this one. */
    int rank();

    /** How many there are. */
    int size();

    /** Whether this is the one that the others talk with. */
    default boolean first() {
        return rank() == 0;
    }

    /**
     * Sends what is left in a buffer.
     *
     * @param rank 0, or any where this is the first
     */
    void send(int rank, ByteBuffer bytes);

    /** Waits for as many bytes as a buffer has room for. */
    void receive(int rank, ByteBuffer into);

    /**
     * Does nothing while all are well.
     *
     * @throws org.espalier.core.SurroundingsException if one was lost
     * @throws org.espalier.core.InputException if one was given something wrong
     */
    void check();

    /** Tells the others why this one can go no further. */
    void fail(RuntimeException why);

    /** Leaves: the work is done. */
    @Override
    void close();

    /** What each process says, in the order of their numbers; only the first hears it. */
    default List<byte[]> gather(byte[] own) {
        List<byte[]> said = new ArrayList<>();
        if (first()) {
            said.add(own);
            for (int rank = 1; rank < size(); rank++) {
                said.add(message(rank));
            }
        } else {
            message(0, own);
        }
        return said;
    }

    /**
     * Sends what the first process says to all.
     *
     * @param ofFirst is not looked at in the others
     */
    default byte[] broadcast(byte[] ofFirst) {
        if (!first()) {
            return message(0);
        }
        for (int rank = 1; rank < size(); rank++) {
            message(rank, ofFirst);
        }
        return ofFirst;
    }

    private void message(int rank, byte[] bytes) {
        send(rank, ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        send(rank, ByteBuffer.wrap(bytes));
    }

    private byte[] message(int rank) {
        ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
        receive(rank, length);
        byte[] bytes = new byte[length.getInt(0)];
        receive(rank, ByteBuffer.wrap(bytes));
        return bytes;
    }
}
