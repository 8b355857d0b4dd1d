package org.espalier.model.qwen;

/**
 * The patches of a picture: rows and columns, and frames of time (1 for a picture).
 */
public record Grid(int frames, int height, int width) {
    public int patches() {
        return frames * height * width;
    }

    /** Tokens after merging. */
    public int tokens(int merge) {
        return patches() / (merge * merge);
    }
}
