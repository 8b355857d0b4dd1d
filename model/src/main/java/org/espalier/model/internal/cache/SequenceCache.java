package org.espalier.model.internal.cache;

import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.espalier.model.decoder.TextShape;
import org.espalier.tensor.Placement;

/**
 * The keys and values of what is each sequence's own, after its prompt: {@code [sequences, keyValueHeads, room, width]} a
 * layer. Room doubles when it is used up. Every sequence gets a token a step; one that came later than others does not see
 * what stands before it.
 */
public final class SequenceCache implements AutoCloseable {
    private static final int FIRST_ROOM = 32;

    private final LayerTensors keys;
    private final LayerTensors values;
    private final Placement placement;
    /** Where each sequence begins. */
    private long[] begins;

    private long room;
    private long length;

    public SequenceCache(TextShape shape, Placement placement, long sequences) {
        this.placement = placement;
        this.begins = new long[Math.toIntExact(sequences)];
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
        begins = Arrays.stream(sequences)
                .map(sequence -> begins[Math.toIntExact(sequence)])
                .toArray();
    }

    /** Adds sequences that begin with the next token, after forgetting what none of the others sees. */
    public void join(int sequences) {
        long unseen = Arrays.stream(begins).min().orElse(0);
        if (unseen > 0) {
            keys.shift(unseen);
            values.shift(unseen);
            length -= unseen;
        }
        keys.add(sequences);
        values.add(sequences);
        long[] all =
                Arrays.copyOf(Arrays.stream(begins).map(begin -> begin - unseen).toArray(), begins.length + sequences);
        Arrays.fill(all, begins.length, all.length, length);
        begins = all;
    }

    /**
     * Hides from each sequence what stands before it: {@code [sequences, 1, 1, tokens]}, of which the first that are there
     * are used; empty where all began together.
     *
     * @param more tokens that each sequence gets at most from now on
     */
    public Optional<Tensor> mask(int more) {
        if (Arrays.stream(begins).allMatch(begin -> begin == 0)) {
            return Optional.empty();
        }
        int tokens = Math.toIntExact(length + more);
        float[] mask = new float[Math.multiplyExact(begins.length, tokens)];
        for (int i = 0; i < begins.length; i++) {
            Arrays.fill(mask, i * tokens, i * tokens + Math.toIntExact(begins[i]), Float.NEGATIVE_INFINITY);
        }
        return Optional.of(placement.numbers(mask, begins.length, 1, 1, tokens));
    }

    long length() {
        return length;
    }

    @Override
    public void close() {
        keys.close();
        values.close();
    }
}
