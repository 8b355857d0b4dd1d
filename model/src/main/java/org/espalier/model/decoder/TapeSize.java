package org.espalier.model.decoder;

import org.espalier.tensor.Placement;

/**
 * What a {@link DecoderTape} takes of memory, told from sizes alone.
 *
 * @param tokens on the token axis
 * @param keys that attention gathers for them ({@link TreeLayout#keys})
 */
public record TapeSize(TextShape shape, Placement placement, long tokens, long keys) {
    /** The share of the room that is taken: others use the machine too, and will want some of it before a step is over. */
    private static final double SHARE = 0.5;

    /** Below so many bytes nothing is computed again, whatever the room. */
    private static final long LITTLE = 256L << 20;

    /** Bytes that a layer keeps for its backward pass. */
    public long layer() {
        long own = 5L * shape.hidden() + 2L * shape.queryWidth() + 3L * shape.keyWidth() + 2L * shape.feedForward();
        // The attention of the processor converts numbers of half width, and copies others for each head that shares
        // them.
        boolean half = bytes() < Float.BYTES;
        long attention = 2L * shape.queryWidth() * tokens + 2L * (half ? shape.keyWidth() : shape.queryWidth()) * keys;
        return tokens * own * bytes() + attention * Math.max(bytes(), Float.BYTES);
    }

    /** Bytes that a layer keeps which is computed again: what goes into it. */
    public long input() {
        return tokens * shape.hidden() * bytes();
    }

    /** Bytes that all layers keep if none is computed again. */
    public long whole() {
        return shape.layers() * layer();
    }

    /** Bytes that are needed at once if all layers are computed again: two layers' worth for the one at work. */
    public long least() {
        return held(shape.layers());
    }

    /** Bytes that are needed at once if so many layers are computed again. */
    public long held(int layersAgain) {
        return layersAgain * input() + (shape.layers() - layersAgain) * layer() + 2 * layer();
    }

    /** How many layers, the first ones, are to be computed again so that all fits into so many bytes. */
    public int layersAgain(long room) {
        double left = SHARE * room - least();
        double layers = Math.clamp(left / (layer() - input()), 0, shape.layers());
        return shape.layers() - (int) layers;
    }

    /**
     * The same for what is left where it is computed; small ones are kept without asking.
     *
     * @param sharing how many are computed at once in that memory
     */
    public int layersAgainHere(int sharing) {
        return whole() < LITTLE ? 0 : layersAgain(placement.room(sharing));
    }

    private long bytes() {
        return placement.type().bits() / Byte.SIZE;
    }
}
