package org.espalier.model.internal.cache;

import org.bytedeco.pytorch.Tensor;
import org.espalier.model.decoder.TextShape;
import org.espalier.tensor.Placement;

/**
 * The keys and values of what is each sequence's own, after its prompt: {@code [sequences, keyValueHeads, room, width]} a
 * layer. All sequences are equally long. Room doubles when it is used up.
 */
public final class SequenceCache implements AutoCloseable {
    private static final int FIRST_ROOM = 32;

    private final LayerTensors keys;
    private final LayerTensors values;
    private long room;
    private long length;

    public SequenceCache(TextShape shape, Placement placement, long sequences) {
        this.room = FIRST_ROOM;
        this.keys = LayerTensors.empty(shape, placement, sequences, room);
        this.values = LayerTensors.empty(shape, placement, sequences, room);
    }

    /** Makes room for one more token a sequence and counts it; {@link #put} then writes it, layer by layer. */
    public void advance() {
        if (length == room) {
            long more = 2 * room;
            keys.lengthen(length, more);
            values.lengthen(length, more);
            room = more;
        }
        length++;
    }

    /** {@code k, v [sequences, keyValueHeads, width]} of the newest token. */
    void put(int layer, Tensor k, Tensor v) {
        keys.of(layer).select(2, length - 1).copy_(k);
        values.of(layer).select(2, length - 1).copy_(v);
    }

    Tensor keys(int layer) {
        return keys.of(layer).narrow(2, 0, length);
    }

    Tensor values(int layer) {
        return values.of(layer).narrow(2, 0, length);
    }

    /** Keeps these sequences, in this order, and drops the others. */
    public void keep(long[] sequences) {
        keys.keep(sequences);
        values.keep(sequences);
    }

    @Override
    public void close() {
        keys.close();
        values.close();
    }
}
