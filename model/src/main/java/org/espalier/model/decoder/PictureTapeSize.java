package org.espalier.model.decoder;

import org.espalier.tensor.Placement;

/**
 * What the blocks of a vision tower that trains take of memory, told from sizes alone and roughly: libtorch decides what it
 * keeps of a block.
 *
 * @param tokens of the pictures that are looked at together
 */
public record PictureTapeSize(VisionExtent extent, Placement placement, long tokens) {
    /** Below so many bytes records are kept. */
    private static final long LITTLE = 256L << 20;

    /** Numbers of the width of the tower that are kept of a block: its norms, its residuals, queries, keys and values. */
    private static final int WIDE = 16;
    /** Of the width of the feed-forward. */
    private static final int INNER = 5;

    /** Bytes that are kept of a block. */
    public long block() {
        return patches() * (WIDE * (long) extent.hidden() + INNER * (long) extent.feedForward()) * bytes();
    }

    /** Whether records are made again on the way back: a further pass through the tower a step. */
    public boolean again() {
        return extent.blocks() * block() >= LITTLE;
    }

    /** Bytes that are needed at once. */
    public long held() {
        return again() ? extent.blocks() * patches() * extent.hidden() * bytes() + block() : extent.blocks() * block();
    }

    private long patches() {
        return tokens * extent.patches();
    }

    private long bytes() {
        return placement.type().bits() / Byte.SIZE;
    }
}
