package org.espalier.model.generate;

import org.bytedeco.pytorch.Tensor;
import org.espalier.model.decoder.TextShape;
import org.espalier.tensor.Placement;

/**
 * The keys and values of what each row has written itself: {@code [rows, keyValueHeads, room, width]} a layer. All rows
 * have written equally much. Room doubles when it is used up.
 */
final class RowCache implements AutoCloseable {
    private static final int FIRST_ROOM = 32;

    private final LayerTensors keys;
    private final LayerTensors values;
    private long room;
    private long length;

    RowCache(TextShape shape, Placement placement, long rows) {
        this.room = FIRST_ROOM;
        this.keys = LayerTensors.empty(shape, placement, rows, room);
        this.values = LayerTensors.empty(shape, placement, rows, room);
    }

    /** Makes room for one more token a row and counts it as written; {@link #put} then writes it, layer by layer. */
    void advance() {
        if (length == room) {
            long more = 2 * room;
            keys.lengthen(length, more);
            values.lengthen(length, more);
            room = more;
        }
        length++;
    }

    /** {@code k, v [rows, keyValueHeads, width]} of the newest token. */
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

    /** Keeps these rows, in this order, and forgets the others. */
    void keep(long[] rows) {
        keys.keep(rows);
        values.keep(rows);
    }

    @Override
    public void close() {
        keys.close();
        values.close();
    }
}
